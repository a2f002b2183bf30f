/**
 * A real, tiny ONNX model written field by field (onnx.proto3, IR version 8, opset 13): a 1×1 convolution from three
 * channels to one, with or without a sigmoid. It "segments" by a linear rule on colour, which a test can predict.
 */

export interface TestModel {
  readonly weights: readonly [number, number, number];
  readonly bias: number;
  readonly hasSigmoid: boolean;
  /** A number fixes height and width; a name leaves them open. */
  readonly size: number | string;
  /** Channels of the input; 3 unless the test wants a wrong model. */
  readonly channels?: number;
}

export function writeTestModel(model: TestModel): Buffer {
  const channels = model.channels ?? 3;
  const weights = [...model.weights, 0].slice(0, channels);
  const nodes = [node('Conv', ['picture', 'weights', 'bias'], model.hasSigmoid ? 'logits' : 'mask')];
  if (model.hasSigmoid) nodes.push(node('Sigmoid', ['logits'], 'mask'));
  const graph = Buffer.concat([
    ...nodes.map((bytes) => field(1, bytes)),
    field(2, text('tiny')),
    field(5, tensor('weights', [1, channels, 1, 1], weights)),
    field(5, tensor('bias', [1], [model.bias])),
    field(11, valueInfo('picture', [1, channels, sizeName(model.size, 'h'), sizeName(model.size, 'w')])),
    field(12, valueInfo('mask', [1, 1, sizeName(model.size, 'h'), sizeName(model.size, 'w')])),
  ]);
  return Buffer.concat([varintField(1, 8), field(7, graph), field(8, varintField(2, 13))]);
}

function sizeName(size: number | string, suffix: string): number | string {
  return typeof size === 'number' ? size : `${size}_${suffix}`;
}

function node(operator: string, inputs: readonly string[], output: string): Buffer {
  return Buffer.concat([...inputs.map((name) => field(1, text(name))), field(2, text(output)), field(4, text(operator))]);
}

/** TensorProto: dims, FLOAT (1), name, raw little-endian data. */
function tensor(name: string, dims: readonly number[], values: readonly number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return Buffer.concat([...dims.map((size) => varintField(1, size)), varintField(2, 1), field(8, text(name)), field(9, raw)]);
}

function valueInfo(name: string, dims: readonly (number | string)[]): Buffer {
  const shape = Buffer.concat(dims.map((size) => field(1, typeof size === 'number' ? varintField(1, size) : field(2, text(size)))));
  const tensorType = Buffer.concat([varintField(1, 1), field(2, shape)]);
  return Buffer.concat([field(1, text(name)), field(2, field(1, tensorType))]);
}

function field(number: number, body: Buffer): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(body.length), body]);
}

function varintField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}

function text(value: string): Buffer {
  return Buffer.from(value, 'utf8');
}
