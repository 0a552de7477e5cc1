using System.Text.Json.Serialization;

namespace ScaleFunctions.Scale.Benchmarks;

[JsonSerializable(typeof(WorkerFigures))]
internal sealed partial class ScaleJson : JsonSerializerContext;
