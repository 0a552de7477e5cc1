using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How messages between functions, and ledgers, are written as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvaluateRequest))]
[JsonSerializable(typeof(ObservedTarget))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(TickHeader))]
[JsonSerializable(typeof(LedgerEntry))]
[JsonSerializable(typeof(ApprovedLowerings))]
[JsonSerializable(typeof(ResourceMark))]
[JsonSerializable(typeof(ForecastTurn))]
[JsonSerializable(typeof(KnownInventory))]
[JsonSerializable(typeof(LeftAloneList))]
[JsonSerializable(typeof(ChainEndPage))]
[JsonSerializable(typeof(JournalAnchor))]
[JsonSerializable(typeof(NativeAutoscale.Unread), TypeInfoPropertyName = "UnreadAutoscale")]
public sealed partial class CycleJson : JsonSerializerContext;
