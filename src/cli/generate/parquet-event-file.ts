import { open } from 'node:fs/promises'
import { parquetMetadata } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { AppError } from '../../errors.ts'
import { eventsPerBlock } from '../../generator/parton-events/event-block.ts'
import { product } from '../../product.ts'
import type { EventFile, EventFileSetup } from './event-file.ts'
import { parquetColumns, parquetSchema, type ParquetContent } from './parquet-columns.ts'

const section = 'parquet-footer'

/** Blocks of one row group: readers read row groups whole, and each has a place in the footer. */
const blocksAtOnce = 40

interface ParquetParts {
  content: ParquetContent
  process: string
  subprocesses: readonly string[]
}

/**
 * One row an event. After each row group the footer is written, so that the file is whole at any time, and what was
 * written before the next one is found again from it.
 */
export async function openParquetEventFile(
  { path, stored, notes }: EventFileSetup,
  { content, process, subprocesses }: ParquetParts,
): Promise<EventFile> {
  const footer = stored[section]
  const file = await open(path, footer ? 'r+' : 'w')
  const buffer = new ByteWriter()
  const writer = new ParquetWriter({
    ...{ writer: buffer, schema: parquetSchema(content), createdBy: product, statistics: false },
  })
  const flush = async (): Promise<void> => {
    const bytes = buffer.getBytes()
    await file.write(bytes, 0, bytes.length, buffer.offset - bytes.length)
    buffer.index = 0
  }
  if (footer) {
    const written = groupsIn(footer)
    writer.row_groups = written.row_groups
    writer.num_rows = written.num_rows
    buffer.index = 0
    buffer.offset = endOf(written)
  } else await flush()

  /** The footer as it stands behind the groups so far. */
  const footerWith = (values: Record<string, string>): Uint8Array => {
    const end = new ByteWriter()
    end.offset = buffer.offset
    const groups = new ParquetWriter({
      ...{ writer: end, schema: writer.schema, createdBy: product, statistics: false },
      kvMetadata: Object.entries({ units: 'GeV, radians', notes: notes.join('\n'), ...values }).map(
        ([key, value]) => ({ key, value }),
      ),
    })
    end.index = 0 // the mark of the beginning stands there already
    groups.row_groups = writer.row_groups
    groups.num_rows = writer.num_rows
    void groups.finish()
    return end.getBytes().slice()
  }
  const writeFooter = async (values: Record<string, string>): Promise<void> => {
    const bytes = footerWith(values)
    await file.write(bytes, 0, bytes.length, buffer.offset)
    await file.truncate(buffer.offset + bytes.length)
  }
  return {
    blocksAtOnce,
    async append(blocks) {
      const columnData = parquetColumns(blocks, Number(writer.num_rows), process, subprocesses).map(
        (column) => ({ ...column, offsetIndex: false }),
      )
      await writer.write({ columnData, rowGroupSize: blocksAtOnce * eventsPerBlock })
      await flush()
      await writeFooter({})
    },
    state: () => ({ [section]: footerWith({}) }),
    finish: (crossSectionPb, errorPb) =>
      writeFooter({ cross_section_pb: String(crossSectionPb), cross_section_error_pb: String(errorPb) }),
    close: () => file.close(),
  }
}

type Groups = Pick<ReturnType<typeof parquetMetadata>, 'row_groups' | 'num_rows'>

function groupsIn(footer: Uint8Array): Groups {
  try {
    const { row_groups, num_rows } = parquetMetadata(new Uint8Array(footer).buffer)
    return { row_groups, num_rows }
  } catch {
    throw new AppError(
      'data/corrupt',
      'The state of the Parquet file cannot be read. Remove the checkpoint and start anew.',
    )
  }
}

/** Bytes up to the end of the last row group. */
function endOf({ row_groups }: Groups): number {
  const last = row_groups.at(-1)?.columns.at(-1)?.meta_data
  if (!last) return 4 // the mark of the beginning
  return Number((last.dictionary_page_offset ?? last.data_page_offset) + last.total_compressed_size)
}
