using System.Text.Json;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.BudgetEvent;

/// <summary>An event of our own topic, in the schema of Event Grid or as a CloudEvent. Nothing in it is believed but which budget to look at.</summary>
internal sealed record SaidOfBudget(string Id, string Topic, string Type, BudgetSignal Signal)
{
    /// <summary>Ids of Azure are far shorter; what is longer is made to be.</summary>
    private const int Longest = 600;

    /// <exception cref="InvocationFormatException">It is no event, or says nothing of a budget.</exception>
    public static SaidOfBudget Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvocationFormatException("the event is not an object");
        }

        try
        {
            var isCloudEvent = element.TryGetProperty("specversion", out _);
            var data = element.TryGetProperty("data", out var inner) ? inner : default;
            var said = new SaidOfBudget(
                Text(element, "id"), Text(element, isCloudEvent ? "source" : "topic"), Text(element, isCloudEvent ? "type" : "eventType"),
                new BudgetSignal(Text(data, "budget"), Text(data, "source"), Text(data, "meaning")));
            return said.Id.Length > 0 ? said : throw new InvocationFormatException("the event has no id");
        }
        catch (InvalidOperationException exception)
        {
            throw new InvocationFormatException("the event holds a string that is no Unicode text", exception);
        }
    }

    private static string Text(JsonElement element, string name)
    {
        var text = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length <= Longest ? text : throw new InvocationFormatException($"the '{name}' of the event has {text.Length} characters; at most {Longest} are read");
    }
}
