using System.Text.Json.Serialization;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Control;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ClockReport))]
[JsonSerializable(typeof(SpendRequest))]
[JsonSerializable(typeof(FaultRule[]))]
[JsonSerializable(typeof(IReadOnlyList<FleetReport>))]
[JsonSerializable(typeof(IReadOnlyList<WriteRecord>))]
internal sealed partial class ControlJson : JsonSerializerContext;
