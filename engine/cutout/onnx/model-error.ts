/** Why a model gave no mask, in words for the user that read on after the model's name. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
