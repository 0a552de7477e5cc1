using System.Globalization;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Events that nobody of Azure sent: right in form and false, or wrong in form.</summary>
/// <param name="Name">What is forged.</param>
/// <param name="Body">The whole body.</param>
/// <param name="IsTaken">Whether it is answered as done: those that are false or no events are, because no other delivery would make them better.</param>
internal sealed record ForgedEvents(string Name, string Body, bool IsTaken)
{
    private const string Elsewhere = "/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets";

    public static IReadOnlyList<ForgedEvents> Of(TargetId target, DateTimeOffset now)
    {
        return
        [
            Told("a topic of another subscription", each => each["topic"] = "/subscriptions/99999999-9999-4999-8999-999999999999"),
            Told("a topic that is none", each => each["topic"] = "https://example.com/"),
            Told("a resource of another subscription", each => Resource(each, $"{Elsewhere}/s0")),
            Told("a resource that is not there", each => Resource(each, $"{target.Value}-gone")),
            Told("a resource that is none", each => Resource(each, "../../etc/passwd")),
            Told("a resource with a long name", each => Resource(each, $"{target.Value}{new string('x', 100_000)}")),
            Told("a resource with control characters", each => Resource(each, $"{target.Value}\r\n\u202e\u0000")),
            Told("a deletion", each => each["eventType"] = "Microsoft.Resources.ResourceDeleteSuccess"),
            Told("an unknown type", each => each["eventType"] = "Microsoft.Resources.Everything"),
            Told("a count in its data", each => each["data"]!["capacity"] = 0),
            Told("an operation that lies", each => each["data"]!["operationName"] = "Microsoft.Compute/virtualMachineScaleSets/delete/action\r\nerror: forged"),
            Told("a year to come", each => each["eventTime"] = now.AddYears(7000).ToString("O", CultureInfo.InvariantCulture)),
            Told("a year long ago", each => each["eventTime"] = "0001-01-01T00:00:00Z"),
            Told("a megabyte of data", each => each["data"]!["claims"] = new string('x', 1_000_000)),
            Told("a megabyte of id", each => each["id"] = new string('i', 1_000_000)),
            Told("no time", each => each["eventTime"] = "soon"),
            Told("no id", each => each["id"] = ""),
            Told("an id that is an object", each => each["id"] = new JsonObject()),
            Told("no type", each => each["eventType"] = null),
            new("five megabytes", StormCalls.Wrap(new JsonObject { ["id"] = new string('x', 5_000_000) }), IsTaken: false),
            new("nested deep", $"{{\"Data\":{{\"event\":{new string('[', 20_000)}{new string(']', 20_000)}}}}}", IsTaken: false),
            new("nested deep in a text", StormCalls.Wrap($"{new string('[', 20_000)}{new string(']', 20_000)}"), IsTaken: true),
            new("half a surrogate pair", """{"Data":{"event":{"id":"\ud800","topic":"/","eventType":"x","eventTime":"2026-01-05T00:00:00Z"}}}""", IsTaken: true),
            new("an array", StormCalls.Wrap(new JsonArray()), IsTaken: true),
            new("no JSON", "<event/>", IsTaken: false),
            new("nothing", "", IsTaken: false),
        ];

        ForgedEvents Told(string name, Action<JsonNode> forge)
        {
            var call = JsonNode.Parse(StormCalls.Change($"forged: {name}", target, now))!;
            forge(call["Data"]!["event"]!);
            return new ForgedEvents(name, call.ToJsonString(), IsTaken: true);
        }
    }

    private static void Resource(JsonNode told, string id)
    {
        told["subject"] = id;
        told["data"]!["resourceUri"] = id;
    }
}
