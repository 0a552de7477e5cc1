using System.Globalization;
using System.Text.Json;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Functions.ResourceEvent;

/// <summary>An event of Azure Resource Manager, in the schema of Event Grid or as a CloudEvent.</summary>
internal sealed record ResourceChange(string Id, string Source, string Type, string ResourceId, string Operation, DateTimeOffset At)
{
    private const string Prefix = "Microsoft.Resources.";

    public bool IsKnownType => Type.StartsWith(Prefix, StringComparison.Ordinal) && Type[Prefix.Length..] is
        "ResourceWriteSuccess" or "ResourceDeleteSuccess" or "ResourceActionSuccess";

    /// <exception cref="InvocationFormatException">It is no event.</exception>
    public static ResourceChange Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvocationFormatException("the event is not an object");
        }

        var isCloudEvent = element.TryGetProperty("specversion", out _);
        var data = element.TryGetProperty("data", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : default;
        var subject = Text(element, "subject");
        return new ResourceChange(
            Text(element, "id"),
            Text(element, isCloudEvent ? "source" : "topic"),
            Text(element, isCloudEvent ? "type" : "eventType"),
            Text(data, "resourceUri") is { Length: > 0 } uri ? uri : subject,
            Text(data, "operationName"),
            DateTimeOffset.TryParse(
                Text(element, isCloudEvent ? "time" : "eventTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw new InvocationFormatException("the event has no time"))
            .Checked();
    }

    /// <summary>Says what happened, without anything personal: the caller's claims stay out of journals and logs.</summary>
    public string Describe() => $"{(Operation.Length > 0 ? Operation : Type)} at {At.UtcDateTime:HH:mm:ss}";

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private ResourceChange Checked() => Id.Length > 0 && Type.Length > 0
        ? this
        : throw new InvocationFormatException("the event has no id or no type");
}
