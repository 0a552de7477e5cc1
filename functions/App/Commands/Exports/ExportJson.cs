using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.App.Commands.Exports;

/// <summary>How artifacts are written. Line ends are those of the repository on every machine, or a check would fail on some.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PolicyExport))]
internal sealed partial class ExportJson : JsonSerializerContext;
