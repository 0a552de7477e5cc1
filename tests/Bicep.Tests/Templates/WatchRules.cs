using System.Text.Json.Nodes;
using static ScaleFunctions.Bicep.Tests.Templates.Deployment;
using static ScaleFunctions.Bicep.Tests.Templates.TemplateRules;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>What tells a person: failures, what the app itself costs, what Azure records, the page in the portal.</summary>
internal static class WatchRules
{
    public const string DiagnosticSettings = "Microsoft.Insights/diagnosticSettings";
    private const string Workbooks = "Microsoft.Insights/workbooks";
    private const string QueryRules = "Microsoft.Insights/scheduledQueryRules";
    private const string Budgets = "Microsoft.Consumption/budgets";

    public static readonly IReadOnlyList<TemplateRule> All =
    [
        new("What fails again and again calls a person, what fails once does not", Failures,
            Breakage.InAct("functions may fail unheard", deployment => deployment.Resources.Remove(Rule(deployment, "failures"))),
            Breakage.InAct("targets may fail unheard", deployment => deployment.Resources.Remove(Rule(deployment, "unhealthy"))),
            Breakage.InAct("one is off", deployment => Rule(deployment, "failures")!["properties"]!["enabled"] = false),
            Breakage.InAct("one calls nobody", deployment => Rule(deployment, "unhealthy")!["properties"]!["actions"]!["actionGroups"] = new JsonArray()),
            Breakage.InAct("every failure calls", deployment => Criterion(deployment, "failures")!["threshold"] = 0),
            Breakage.InAct("one bad tick calls", deployment => Criterion(deployment, "unhealthy")!["failingPeriods"]!["minFailingPeriodsToAlert"] = 1),
            Breakage.InAct("rows are counted, not failures", deployment => Criterion(deployment, "failures")!["metricMeasureColumn"] = null)),
        new("What the app itself costs has a budget that is told to those who hear of alerts", OwnCosts,
            Breakage.InAct("there is none", deployment => deployment.Resources.Remove(deployment.Of(Budgets).Single(IsOwn))),
            Breakage.InAct("it is of the fleet", deployment => deployment.Of(Budgets).Single(IsOwn)["id"] = "/subscriptions/2/resourceGroups/rg-fleet/providers/1"),
            Breakage.InAct("nobody hears", deployment => Told(deployment)["actual-100"]!["contactEmails"] = new JsonArray()),
            Breakage.InAct("it calls the app's webhook", deployment => Told(deployment)["actual-80"]!["contactGroups"] = new JsonArray("/x-budgets"))),
        new("What Azure records goes to the workspace: the host, packages, topics, and of queues and tables only numbers", Records,
            Breakage.InAct("that of the host is missing", deployment => deployment.Resources.Remove(Settings(deployment, "/sites/").Single())),
            Breakage.InAct("each message is a line", deployment => Settings(deployment, "/queueServices/").Single()["properties"]!["logs"] = new JsonArray(new JsonObject { ["category"] = "StorageWrite" })),
            Breakage.InAct("deleted packages are not told", deployment => Settings(deployment, "/blobServices/").Single()["properties"]!["logs"] = new JsonArray()),
            Breakage.InAct("events that fail are not told", deployment => Settings(deployment, "/systemTopics/").Single()["properties"]!["logs"] = new JsonArray()),
            Breakage.InAct("one goes elsewhere", deployment => Settings(deployment, "/sites/").Single()["properties"]!["workspaceId"] = "/elsewhere")),
        new("The page in the portal asks the app's own workspace", Page,
            Breakage.InAct("there is none", deployment => deployment.Resources.Remove(deployment.Of(Workbooks)[0])),
            Breakage.InAct("it belongs to nothing", deployment => deployment.One(Workbooks)["properties"]!["sourceId"] = "Azure Monitor"),
            Breakage.InAct("it asks nobody", deployment => deployment.One(Workbooks)["properties"]!["serializedData"] = deployment.One(Workbooks)["properties"]!["serializedData"]!.ToString().Replace("fallbackResourceIds", "others", StringComparison.Ordinal)),
            Breakage.InAct("it shows nothing", deployment => deployment.One(Workbooks)["properties"]!["serializedData"] = "{}")),
    ];

    public static bool IsOwn(JsonObject budget) => Text(budget, "name")?.EndsWith("-own-costs", StringComparison.Ordinal) == true;

    private static IEnumerable<string> Failures(Deployment deployment)
    {
        foreach (var (name, threshold, periods) in new[] { ("failures", "2", "1"), ("unhealthy", "0", "3") })
        {
            if (Rule(deployment, name) is not { } rule)
            {
                yield return $"there is no rule {name}";
                continue;
            }

            var criterion = Criterion(deployment, name);
            yield return Expect($"{name} enabled", Text(rule, "properties", "enabled"), "true");
            yield return Expect($"threshold of {name}", Text(criterion, "threshold"), threshold);
            yield return Expect($"{name} measures", $"{Text(criterion, "timeAggregation")} {Text(criterion, "metricMeasureColumn")}", "Total Sum");
            yield return Expect($"periods of {name}", Text(criterion, "failingPeriods", "minFailingPeriodsToAlert"), periods);
            yield return deployment.Variant.Acts && Texts(At(rule, "properties", "actions", "actionGroups")).All(id => !id.EndsWith("-alerts", StringComparison.Ordinal)) ? $"{name} calls nobody" : "";
        }
    }

    private static IEnumerable<string> OwnCosts(Deployment deployment)
    {
        var own = deployment.Of(Budgets).Where(IsOwn).ToList();
        yield return Expect("budgets of its own", $"{own.Count}", deployment.Variant.Acts ? "1" : "0");
        if (own is [var budget])
        {
            yield return budget["id"]!.ToString().Contains("/resourceGroups/rg-scale/", StringComparison.Ordinal) ? "" : $"it is {budget["id"]}";
            yield return Same("what is told", Told(deployment).Select(each => each.Key), ["actual-80", "actual-100", "forecast-100"]);
            foreach (var (name, told) in Told(deployment))
            {
                yield return Same($"who is told of {name}", Texts(At(told, "contactEmails")).Concat(Texts(At(told, "contactGroups"))), ["ops@example.com"]);
            }
        }
    }

    private static IEnumerable<string> Records(Deployment deployment)
    {
        var expected = new Dictionary<string, string[]>
        {
            ["/sites/"] = ["FunctionAppLogs"],
            ["/blobServices/"] = ["StorageWrite", "StorageDelete"],
            ["/queueServices/"] = [],
            ["/tableServices/"] = [],
        };
        if (deployment.Variant.Acts)
        {
            expected["/topics/"] = ["DeliveryFailures", "PublishFailures"];
            expected["/systemTopics/"] = ["DeliveryFailures"];
        }

        yield return Expect("settings", $"{deployment.Of(DiagnosticSettings).Count}", $"{expected.Count}");
        var workspace = deployment.One("Microsoft.OperationalInsights/workspaces")["id"]!.ToString();
        foreach (var (place, categories) in expected)
        {
            if (Settings(deployment, place) is not [var setting])
            {
                yield return $"{place} has no setting, or several";
                continue;
            }

            yield return Expect($"where {place} goes", Text(setting, "properties", "workspaceId"), workspace);
            yield return Same($"logs of {place}", At(setting, "properties", "logs") is JsonArray logs ? logs.Select(log => log!["category"]!.ToString()) : [], categories);
            yield return Expect($"metrics of {place}", $"{(At(setting, "properties", "metrics") as JsonArray)?.Count}", "1");
        }
    }

    private static IEnumerable<string> Page(Deployment deployment)
    {
        if (deployment.Of(Workbooks) is not [var page])
        {
            yield return "there is no page";
            yield break;
        }

        var workspace = deployment.One("Microsoft.OperationalInsights/workspaces")["id"]!.ToString();
        yield return Expect("source", Text(page, "properties", "sourceId"), workspace);
        var content = JsonNode.Parse(Text(page, "properties", "serializedData")!);
        yield return Same("asks", Texts(At(content, "fallbackResourceIds")), [workspace]);
        yield return At(content, "items") is JsonArray { Count: > 10 } ? "" : "it shows nothing";
    }

    private static List<JsonObject> Settings(Deployment deployment, string place) =>
        [.. deployment.Of(DiagnosticSettings).Where(setting => setting["id"]!.ToString().Contains(place, StringComparison.Ordinal))];

    private static JsonObject Told(Deployment deployment) => deployment.Of(Budgets).Single(IsOwn)["properties"]!["notifications"]!.AsObject();

    private static JsonObject? Rule(Deployment deployment, string name) =>
        deployment.Of(QueryRules).SingleOrDefault(rule => rule["name"]!.ToString().EndsWith($"-{name}", StringComparison.Ordinal));

    private static JsonNode? Criterion(Deployment deployment, string name) => At(Rule(deployment, name), "properties", "criteria", "allOf")?[0];
}
