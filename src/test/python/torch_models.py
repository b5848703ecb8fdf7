"""The models of checkpoints in PyTorch, for lstm.checkpoint.PyTorchTest.

read CHECKPOINT TOKENS         prints the logits that PyTorch's modules, with the checkpoint's tensors, give these tokens
write KIND FORM FILE TOKENS    makes a model of random weights, writes its state and prints its logits: KIND is LSTM, GRU or
                               RNN, FORM is onehot, embedded or tied; the vocabulary goes to FILE.json

Tokens are numbers with commas between them. Logits are printed as JSON, a list for every token.
"""

import json
import struct
import sys

import torch

VOCABULARY, HIDDEN, LAYERS, EMBEDDING = 7, 5, 2, 3


def read_file(path):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(
                data, dtype=torch.float32, offset=8 + size + begin, count=(end - begin) // 4
            ).reshape(entry["shape"])
    return metadata, tensors


def write_file(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        bytes_ = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(bytes_)]}
        body += bytes_
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def logits(recurrent, decoder, vectors, tokens):
    with torch.no_grad():
        output, _ = recurrent(vectors[tokens].unsqueeze(1))
        return decoder(output.squeeze(1)).tolist()


def state(tensors, prefix):
    return {name[len(prefix) :]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def read(path, tokens):
    metadata, tensors = read_file(path)
    config = json.loads(metadata["config"])
    size = len(json.loads(metadata["vocabulary"]))
    vectors = tensors.get("embedding.weight", tensors["decoder.weight"] if config["tied"] else torch.eye(size))
    module = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[config["cell"]]
    recurrent = module(vectors.shape[1], config["hidden"], config["layers"])
    recurrent.load_state_dict(state(tensors, config["cell"] + "."))
    decoder = torch.nn.Linear(config["hidden"], size)
    decoder.load_state_dict(state(tensors, "decoder."))
    return logits(recurrent, decoder, vectors, tokens)


def write(kind, form, path, tokens):
    torch.manual_seed(1)
    inputs = {"onehot": VOCABULARY, "embedded": EMBEDDING, "tied": HIDDEN}[form]
    recurrent = getattr(torch.nn, kind)(inputs, HIDDEN, LAYERS)
    decoder = torch.nn.Linear(HIDDEN, VOCABULARY)
    tensors = {"net.rnn." + name: tensor for name, tensor in recurrent.state_dict().items()}
    tensors.update({"head." + name: tensor for name, tensor in decoder.state_dict().items()})
    vectors = torch.eye(VOCABULARY)
    if form == "embedded":
        vectors = torch.randn(VOCABULARY, EMBEDDING)
        tensors["characters.weight"] = vectors
    if form == "tied":
        vectors = decoder.weight.detach()
    write_file(path, tensors)
    with open(path + ".json", "w") as file:
        json.dump({chr(ord("a") + i): i for i in range(VOCABULARY)}, file)
    return logits(recurrent, decoder, vectors, tokens)


if __name__ == "__main__":
    numbers = [int(token) for token in sys.argv[-1].split(",")]
    function = {"read": read, "write": write}[sys.argv[1]]
    print(json.dumps(function(*sys.argv[2:-1], numbers)))
