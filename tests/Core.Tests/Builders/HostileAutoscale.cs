using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using ScaleFunctions.Core.Tests.Invariants;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>
/// Settings of Azure's own autoscale as its API can answer them, made of what is at the edge of each of its types: names with
/// invisible letters, counts of 32 bits, dates at the end of the calendar, thresholds that are hardly numbers.
/// </summary>
internal static class HostileAutoscale
{
    public const string Subscription = "12345678-90ab-cdef-1234-567890abcdef";

    /// <summary>Names that other readers take for something else, that steer what shows them, or that are too long.</summary>
    private static readonly Gen<string> Name = Gen.Frequency(
        (3, Chaos.OneOf("web", "api", "Percentage CPU", "Memory", "memory", "memory-2", "a", "a-3")),
        (2, Chaos.OneOf("007", "true", "null", "~", "no", "1e5", "-", "---", ".inf", "0x1F", "1:30", "<<", "a: b", "# x", "- a", "it's \"so\" \\n", "{a}", "&a", "*", "%", "!t")),
        (2, Chaos.OneOf("\u202Eevil", "a\u2066b", "\uFEFFx", "\u200E", "x\nspec: evil", "a\u0085b", "a\u2028b", "tab\tin", " blanks ", "ü", "日本", "😀", "\U0001FFFF", "\uFFFE", "\uFDD0", "\uE000", "e\u0301")),
        (1, Chaos.OneOf(new string('a', 256), new string('b', 257), new string('ü', 300), string.Concat(Enumerable.Repeat("😀", 200)))));

    private static readonly Gen<string> Zone = Chaos.OneOf("UTC", "", "W. Europe Standard Time", "Pacific Standard Time", "Line Islands Standard Time", "Dateline Standard Time", "Kamchatka Standard Time");

    /// <summary>Sorted, because minimum, default and maximum have to be.</summary>
    private static readonly Gen<int[]> Capacity = Chaos.OneOf(0, 1, 2, 3, 10, 999, 1000, 1001, 5000, int.MaxValue).Array[3].Select(counts => counts.Order().ToArray());

    private static readonly Gen<string> Moment = Chaos.OneOf(
        "0001-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "1900-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-12-24T08:00:00Z", "2026-12-24T08:00:20Z", "2026-12-24T08:00:59.9999999Z",
        "2027-03-28T02:30:00+01:00", "2200-12-31T23:58:30Z", "2200-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "9999-12-31T00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999Z");

    private static readonly Gen<JsonObject?> When = Gen.Frequency<JsonObject?>(
        (1, Gen.Const((JsonObject?)null)),
        (2, Gen.Select(Zone, Moment, Moment, (zone, one, other) => one == other
            ? null
            : (JsonObject?)new JsonObject
            {
                ["fixedDate"] = new JsonObject
                {
                    ["timeZone"] = zone,
                    ["start"] = string.CompareOrdinal(one, other) < 0 ? one : other,
                    ["end"] = string.CompareOrdinal(one, other) < 0 ? other : one,
                },
            })),
        (2, Gen.Select(
            Zone, Chaos.OneOf("Monday", "Tuesday", "Sunday", "saturday", "0", "6").Array[1, 7], Gen.Int[0, 23].Array[1, 6], Gen.Int[0, 59].Array[1, 6],
            (zone, days, hours, minutes) => (JsonObject?)new JsonObject
            {
                ["recurrence"] = new JsonObject
                {
                    ["frequency"] = "Week",
                    ["schedule"] = new JsonObject { ["timeZone"] = zone, ["days"] = List(days), ["hours"] = List(hours), ["minutes"] = List(minutes) },
                },
            })));

    private static readonly Gen<double> Threshold = Gen.Frequency(
        (3, Chaos.OneOf(30, 70, 0.1, 99.9999999999999)),
        (2, Chaos.OneOf(0, -0.0, -1, double.Epsilon, 1e-20, 1e-16, 4e-16, 1e-15, 0.1, 1.0 / 3, 1e12, 1000000000001, 1e15, 1e16, 1e300, double.MaxValue)));

    private static readonly Gen<JsonObject> Change = Gen.Select(
        Chaos.OneOf("Increase", "Decrease", "Increase", "Decrease", "None"), Chaos.OneOf("ChangeCount", "ChangeCount", "ChangeCount", "ChangeCount", "ChangeCount", "ChangeCount", "PercentChangeCount", "ExactCount", "ServiceAllowedNextValue"),
        Chaos.OneOf("0", "1", "2", "1000", "1001", "2147483647"), Chaos.OneOf("PT1M", "PT5M", "PT1M30S", "P7D", "PT1M0.5S"),
        (direction, type, value, cooldown) => new JsonObject { ["direction"] = direction, ["type"] = type, ["value"] = value, ["cooldown"] = cooldown });

    private static readonly Gen<JsonObject> Trigger = Gen.Select(
        Gen.Frequency((3, Gen.Const("Percentage CPU")), (2, Name)), Gen.Frequency((5, Gen.Const("")), (1, Name)),
        Chaos.OneOf("own", "own", "own", "own", "own", "OWN", "/subscriptions/s-1/resourceGroups/x/providers/Microsoft.ServiceBus/namespaces/bus", "foo", "", "/", "/subscriptions/s/resourceGroups/g/providers/a/b/c ", "/subscriptions/s/resourceGroups/g%2F/providers/a/b/c"),
        Chaos.OneOf("Average", "Average", "Average", "Average", "Sum", "Max"), Chaos.OneOf("Average", "Average", "Average", "Average", "Total", "Last"),
        Gen.Select(Chaos.OneOf("PT1M", "PT5M", "PT12H", "PT1M30.5S", "PT10M"), Chaos.OneOf(false, false, false, true)),
        Threshold,
        Chaos.OneOf("towards", "towards", "towards", "towards", "towards", "towards", "GreaterThan", "LessThanOrEqual", "Equals"),
        (metric, space, resource, statistic, aggregation, window, threshold, comparison) => new JsonObject
        {
            ["metricName"] = metric,
            ["metricNamespace"] = space,
            ["metricResourceUri"] = resource,
            ["timeGrain"] = "PT1M",
            ["statistic"] = statistic,
            ["timeWindow"] = window.Item1,
            ["timeAggregation"] = aggregation,
            ["operator"] = comparison,
            ["threshold"] = threshold,
            ["dividePerInstance"] = window.Item2,
        });

    /// <summary>What can nearly always be said: its name, its threshold and its change apart.</summary>
    private static readonly Gen<JsonObject> Sayable = Gen.Select(
        Name, Threshold, Gen.Bool, Chaos.OneOf("1", "2", "1000", "1001", "2147483647"), Chaos.OneOf("PT1M", "PT5M", "PT12H", "PT1M30.5S", "PT10M"),
        (metric, threshold, isOut, value, window) => new JsonObject
        {
            ["metricTrigger"] = new JsonObject
            {
                ["metricName"] = metric,
                ["metricResourceUri"] = "own",
                ["timeGrain"] = "PT1M",
                ["statistic"] = "Average",
                ["timeWindow"] = window,
                ["timeAggregation"] = "Average",
                ["operator"] = "towards",
                ["threshold"] = threshold,
            },
            ["scaleAction"] = new JsonObject { ["direction"] = isOut ? "Increase" : "Decrease", ["type"] = "ChangeCount", ["value"] = value, ["cooldown"] = "PT5M" },
        });

    private static readonly Gen<JsonObject> Rule = Gen.Frequency(
        (2, Sayable), (1, Gen.Select(Trigger, Change, (trigger, change) => new JsonObject { ["metricTrigger"] = trigger, ["scaleAction"] = change })));

    private static readonly Gen<JsonObject> Profile = Gen.Select(Name, Capacity, When, Gen.Frequency((4, Rule.Array[0, 4]), (1, Rule.Array[10])), (name, counts, when, rules) =>
    {
        var profile = new JsonObject
        {
            ["name"] = name,
            ["capacity"] = new JsonObject { ["minimum"] = Text(counts[0]), ["default"] = Text(counts[1]), ["maximum"] = Text(counts[2]) },
            ["rules"] = List(rules),
        };
        foreach (var (member, value) in when ?? [])
        {
            profile[member] = value!.DeepClone();
        }

        return profile;
    });

    /// <summary>One setting, of a resource that a policy may or may not be able to select.</summary>
    public static readonly Gen<JsonElement> Setting = Gen.Select(
        Gen.Frequency((9, Chaos.OneOf("Microsoft.Compute/virtualMachineScaleSets", "microsoft.web/serverFarms", "Microsoft.Compute/virtualMachines")), (1, Gen.Const("Microsoft.Kusto/clusters"))),
        Gen.Frequency((9, Chaos.OneOf("shop", "a.b_(c)-d", "gruppe-ü", "007")), (1, Chaos.OneOf("*", "x.", "a b", new string('g', 91)))),
        Gen.Frequency((9, Gen.Const(Subscription)), (1, Gen.Const("s-1"))),
        Gen.Frequency((9, Chaos.OneOf("web", "api", "WEB", "true", "\u202Eweb", "😀", "a b")), (1, Chaos.OneOf("a*b", " ", new string('n', 260)))),
        Name, Gen.Frequency((5, Profile.Array[1, 3]), (1, Profile.Array[20])), Gen.Bool, Chaos.OneOf("Disabled", "ForecastOnly", "Enabled"),
        (type, group, subscription, resource, name, profiles, isEnabled, predictive) => Whole(
            $"/subscriptions/{subscription}/resourceGroups/{group}/providers/{type}/{resource}", name, [.. profiles.Select(profile => profile.DeepClone().AsObject())], isEnabled, predictive));

    private static JsonElement Whole(string target, string name, JsonObject[] profiles, bool isEnabled, string predictive)
    {
        for (var index = 0; index < profiles.Length; index++)
        {
            // Azure takes no two of one name.
            profiles[index]["name"] = $"{profiles[index]["name"]}{(index == 0 ? "" : Text(index))}";
            foreach (var rule in profiles[index]["rules"]!.AsArray())
            {
                var (trigger, change) = (rule!["metricTrigger"]!, rule["scaleAction"]!);
                trigger["metricResourceUri"] = $"{trigger["metricResourceUri"]}" switch
                {
                    "own" => target,
                    "OWN" => target.ToUpperInvariant(),
                    var other => other,
                };
                if ($"{trigger["operator"]}" == "towards")
                {
                    trigger["operator"] = $"{change["direction"]}" == "Decrease" ? "LessThan" : "GreaterThanOrEqual";
                }
            }
        }

        var setting = new JsonObject
        {
            ["name"] = name,
            ["properties"] = new JsonObject
            {
                ["enabled"] = isEnabled,
                ["targetResourceUri"] = target,
                ["profiles"] = List(profiles),
                ["predictiveAutoscalePolicy"] = new JsonObject { ["scaleMode"] = predictive },
            },
        };
        return JsonDocument.Parse(setting.ToJsonString()).RootElement;
    }

    private static JsonArray List(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);

    private static JsonArray List(IEnumerable<int> items) => new([.. items.Select(item => (JsonNode)item)]);

    private static JsonArray List(IEnumerable<JsonObject> items) => new([.. items.Select(item => item.DeepClone())]);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
