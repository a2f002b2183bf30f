/**
 * The compositor's WebAssembly memory: one growing heap with a first-fit allocator that joins freed neighbours, so that
 * dropped sources really make room. Growing detaches views, hence the getters. Used by everything that holds pixels for
 * the kernels; it knows nothing of pictures.
 */
const ALIGNMENT = 64;
/** Kernels read up to a vector or two past their rows. */
const GUARD_BYTES = 256;
const PAGE_BYTES = 65536;
const MAXIMUM_PAGES = 16384;

interface Gap {
  start: number;
  size: number;
}

export class KernelMemory {
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES });
  private readonly blocks = new Map<number, number>();
  private gaps: Gap[] = [{ start: PAGE_BYTES, size: 15 * PAGE_BYTES }];
  private byteView = new Uint8Array(this.memory.buffer);
  private shortView = new Int16Array(this.memory.buffer);
  private wordView = new Int32Array(this.memory.buffer);

  get bytes(): Uint8Array {
    if (this.byteView.buffer !== this.memory.buffer) this.renewViews();
    return this.byteView;
  }

  get shorts(): Int16Array {
    if (this.byteView.buffer !== this.memory.buffer) this.renewViews();
    return this.shortView;
  }

  get words(): Int32Array {
    if (this.byteView.buffer !== this.memory.buffer) this.renewViews();
    return this.wordView;
  }

  /** Bytes in live blocks. */
  get usedBytes(): number {
    let sum = 0;
    for (const size of this.blocks.values()) sum += size;
    return sum;
  }

  /** Address of a new block; its contents are whatever was there before. */
  allocate(sizeBytes: number): number {
    const size = Math.ceil((sizeBytes + GUARD_BYTES) / ALIGNMENT) * ALIGNMENT;
    const gap = this.gaps.find((candidate) => candidate.size >= size) ?? this.grow(size);
    const address = gap.start;
    gap.start += size;
    gap.size -= size;
    if (gap.size === 0) this.gaps = this.gaps.filter((candidate) => candidate !== gap);
    this.blocks.set(address, size);
    return address;
  }

  allocateCleared(sizeBytes: number): number {
    const address = this.allocate(sizeBytes);
    this.bytes.fill(0, address, address + sizeBytes + GUARD_BYTES);
    return address;
  }

  free(address: number): void {
    const size = this.blocks.get(address);
    if (size === undefined) throw new Error(`KernelMemory.free: ${address} is not a live block`);
    this.blocks.delete(address);
    const index = this.gaps.findIndex((gap) => gap.start > address);
    this.gaps.splice(index < 0 ? this.gaps.length : index, 0, { start: address, size });
    this.joinGaps();
  }

  private joinGaps(): void {
    const joined: Gap[] = [];
    for (const gap of this.gaps) {
      const last = joined.at(-1);
      if (last && last.start + last.size === gap.start) last.size += gap.size;
      else joined.push(gap);
    }
    this.gaps = joined;
  }

  private grow(size: number): Gap {
    const end = this.memory.buffer.byteLength;
    const last = this.gaps.at(-1);
    const tail = last && last.start + last.size === end ? last : undefined;
    const missing = size - (tail?.size ?? 0);
    const pages = Math.max(16, Math.ceil(missing / PAGE_BYTES));
    this.memory.grow(pages);
    if (tail) {
      tail.size += pages * PAGE_BYTES;
      return tail;
    }
    const gap = { start: end, size: pages * PAGE_BYTES };
    this.gaps.push(gap);
    return gap;
  }

  private renewViews(): void {
    this.byteView = new Uint8Array(this.memory.buffer);
    this.shortView = new Int16Array(this.memory.buffer);
    this.wordView = new Int32Array(this.memory.buffer);
  }
}
