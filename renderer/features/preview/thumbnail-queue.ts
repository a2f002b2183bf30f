/** Runs jobs a few at a time, newest first, since what came into sight last is what is being looked at. Waiting ones can be given up. */
export class ThumbnailQueue {
  private readonly atOnce: number;
  private readonly waiting: (() => Promise<void>)[] = [];
  private running = 0;

  constructor(atOnce: number) {
    this.atOnce = atOnce;
  }

  /** Adds a job, which never rejects; answers how to give it up while it waits. */
  add(job: () => Promise<void>): () => void {
    this.waiting.push(job);
    void this.run();
    return () => {
      const at = this.waiting.indexOf(job);
      if (at >= 0) this.waiting.splice(at, 1);
    };
  }

  private async run(): Promise<void> {
    if (this.running >= this.atOnce) return;
    const job = this.waiting.pop();
    if (!job) return;
    this.running++;
    try {
      await job();
    } finally {
      this.running--;
      void this.run();
    }
  }
}
