using System.Text.Json.Serialization;

namespace ScaleFunctions.Scale.Benchmarks;

[JsonSerializable(typeof(TickFigures))]
internal sealed partial class ScaleJson : JsonSerializerContext;
