using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Notifications;

/// <summary>How ledgers and entries are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertLedger))]
[JsonSerializable(typeof(OutboxEntry))]
[JsonSerializable(typeof(AlertSnooze))]
[JsonSerializable(typeof(string))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
