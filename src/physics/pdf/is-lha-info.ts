// Apart from the reader: the page judges files without its schema.

/** Keys of which a set has some. */
const saysSet = /^(?:SetDesc|SetIndex|NumMembers|Flavors|AlphaS_\w+)[ \t]*:/m
const headLength = 4096

/** Whether the text begins like the .info file of a set. */
export function isLhaInfo(text: string): boolean {
  return saysSet.test(text.slice(0, headLength))
}
