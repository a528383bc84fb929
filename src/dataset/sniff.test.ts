import { expect, it } from 'vitest'
import { describeFormat, sniffFormat } from './sniff.ts'

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

it.each([
  ['empty', ''],
  ['npy', '\x93NUMPY\x01\x00'],
  ['parquet', 'PAR1\x15\x04'],
  ['zip', 'PK\x03\x04\x14\x00'],
  ['gzip', '\x1f\x8b\x08'],
  ['hdf5', '\x89HDF\r\n\x1a\n\x00'],
  ['root', 'root\x00\x00\xf6\x41'],
  ['pickle', '\x80\x04\x95\x1a'],
  ['html', '\n  <!DOCTYPE html>'],
  ['html', '\xef\xbb\xbf<html lang="en">'],
  ['json', '  {"schemaVersion": 1}'],
  ['lhagrid', 'PdfType: central\nFormat: lhagrid1\n---\n1e-9 2e-9'],
  ['utf16', '\xff\xfe1\x00,\x00'],
  ['utf16', '1\x00,\x002\x00\n\x00'],
  ['utf16', '\x001\x00,\x002\x00\n'],
  ['text', '1,2\r\n3,4'],
  ['text', '# PDF of the m\xfcons\n1 2'],
  ['binary', '\x00\x01\x02\x03'],
  ['binary', '1,2\x07'],
])('knows %s by its first bytes (%#)', (format, text) => {
  expect(sniffFormat(latin1(text))).toBe(format)
  expect(describeFormat(sniffFormat(latin1(text)))).toMatch(/^(an? |text)/)
})
