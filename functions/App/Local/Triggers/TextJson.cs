using System.Text.Json.Serialization;

namespace ScaleFunctions.App.Local.Triggers;

[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;
