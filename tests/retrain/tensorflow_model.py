"""Run with a Python that has TensorFlow and tf2onnx: a small Keras classifier, written as ONNX the way docs/ml.md says.

    python tensorflow_model.py MODEL.onnx IMAGE.npy SCORES.npy

IMAGE is [1, height, width, 1] uint8; SCORES are TensorFlow's own answer to it.
"""

import sys

import numpy as np
import tensorflow as tf
import tf2onnx

SIDE, LABELS = 64, 2


def build() -> tf.keras.Model:
    """Scaling belongs into the model: a station hands it pixels as they are."""
    tf.keras.utils.set_random_seed(7)
    image = tf.keras.Input((SIDE, SIDE, 1), batch_size=1, dtype="uint8", name="image")
    x = tf.keras.layers.Rescaling(1 / 255.0)(image)
    for width in (8, 16):
        x = tf.keras.layers.Conv2D(width, 3, strides=2, padding="same")(x)
        x = tf.keras.layers.BatchNormalization()(x)
        x = tf.keras.layers.ReLU()(x)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    return tf.keras.Model(image, tf.keras.layers.Dense(LABELS, activation="sigmoid")(x))


def main(out: str, image: str, scores: str) -> None:
    model = build()

    def answer(image: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"scores": model(image, training=False)}

    signature = [tf.TensorSpec((1, SIDE, SIDE, 1), tf.uint8, name="image")]
    judge = tf.function(answer, input_signature=signature)
    tf2onnx.convert.from_function(judge, input_signature=signature, opset=17, output_path=out)
    np.save(scores, judge(tf.constant(np.load(image)))["scores"].numpy())


if __name__ == "__main__":
    main(*sys.argv[1:4])
