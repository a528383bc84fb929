/** Marks above the dots, about the origin [CSS px]. No dot has one of these shapes. */
export const markPaths = {
  /** The origin, which all else departs from: a star of four points. */
  origin: 'M0-10L2.4-2.4 10 0 2.4 2.4 0 10-2.4 2.4-10 0-2.4-2.4Z',
  /** Something of the reader's own: a cross. */
  dropped: 'M-6-4L-4-6 0-2 4-6 6-4 2 0 6 4 4 6 0 2-4 6-6 4-2 0Z',
  /** What is picked: four corners of a frame. */
  focus: 'M-9-4V-9H-4M4-9H9V-4M9 4V9H4M-4 9H-9V4',
} as const
