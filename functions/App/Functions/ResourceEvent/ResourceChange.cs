using System.Globalization;
using System.Text.Json;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Functions.ResourceEvent;

/// <summary>An event of Azure Resource Manager, in the schema of Event Grid or as a CloudEvent.</summary>
internal sealed record ResourceChange(string Id, string Source, string Type, string ResourceId, string Operation, DateTimeOffset At)
{
    private const string Prefix = "Microsoft.Resources.";

    /// <summary>Names end up in logs, journals and messages to the next function; Azure's are far shorter.</summary>
    private const int LongestName = 200;

    public bool IsKnownType => Type.StartsWith(Prefix, StringComparison.Ordinal) && Type[Prefix.Length..] is
        "ResourceWriteSuccess" or "ResourceDeleteSuccess" or "ResourceActionSuccess";

    /// <exception cref="InvocationFormatException">It is no event.</exception>
    public static ResourceChange Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvocationFormatException("the event is not an object");
        }

        try
        {
            return ReadObject(element).Checked();
        }
        catch (InvalidOperationException exception)
        {
            throw new InvocationFormatException("the event holds a string that is no Unicode text", exception);
        }
    }

    /// <summary>Says what happened, without anything personal: the caller's claims stay out of journals and logs.</summary>
    public string Describe() => $"{(Operation.Length > 0 ? Operation : Type)} at {At.UtcDateTime:HH:mm:ss}";

    private static ResourceChange ReadObject(JsonElement element)
    {
        var isCloudEvent = element.TryGetProperty("specversion", out _);
        var data = element.TryGetProperty("data", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : default;
        var subject = Text(element, "subject");
        return new ResourceChange(
            Text(element, "id"),
            Text(element, isCloudEvent ? "source" : "topic"),
            Name(element, isCloudEvent ? "type" : "eventType"),
            Text(data, "resourceUri") is { Length: > 0 } uri ? uri : subject,
            Name(data, "operationName"),
            DateTimeOffset.TryParse(
                Text(element, isCloudEvent ? "time" : "eventTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw new InvocationFormatException("the event has no time"));
    }

    private static string Name(JsonElement element, string name) =>
        Text(element, name) is { Length: > LongestName } text ? $"{text[..LongestName]}…" : Text(element, name);

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private ResourceChange Checked() => Id.Length > 0 && Type.Length > 0
        ? this
        : throw new InvocationFormatException("the event has no id or no type");
}
