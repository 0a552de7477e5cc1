using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.Core.State;

/// <summary>How rows and journal entries are written as JSON, in every store.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TargetRow))]
[JsonSerializable(typeof(FleetRow))]
[JsonSerializable(typeof(JournalEntry))]
public sealed partial class StateJson : JsonSerializerContext;
