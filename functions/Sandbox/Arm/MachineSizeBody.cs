using System.Text.Json;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads the body of a write to a machine. The sandbox changes its size and nothing else.</summary>
internal static class MachineSizeBody
{
    /// <summary>The size asked for; nothing when the body asks for something else, or for none there is.</summary>
    public static MachineSize? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Only(document.RootElement, "properties") is { } properties && Only(properties, "hardwareProfile") is { } hardware
                && Only(hardware, "vmSize") is { ValueKind: JsonValueKind.String } size
                ? MachineSize.Find(size.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Only(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.EnumerateObject().ToList() is [var member] && member.NameEquals(name) ? member.Value : null;
}
