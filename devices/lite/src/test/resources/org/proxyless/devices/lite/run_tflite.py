"""Runs a TensorFlow Lite file on images: run_tflite.py FILE IMAGES, raw bytes one after the other.

Prints the outputs of its signature, a line for each image; exits with 3 where no runtime is at hand.
"""
import sys

try:
    from ai_edge_litert.interpreter import Interpreter
except ImportError:
    try:
        from tflite_runtime.interpreter import Interpreter
    except ImportError:
        try:
            from tensorflow.lite import Interpreter
        except ImportError:
            sys.exit(3)
import numpy

run = Interpreter(model_path=sys.argv[1]).get_signature_runner("serving_default")
shape = run.get_input_details()["images"]["shape"]
images = numpy.fromfile(sys.argv[2], dtype=numpy.uint8).reshape([-1, *shape])
for image in images:
    print(*run(images=image)["probabilities"].reshape(-1))
