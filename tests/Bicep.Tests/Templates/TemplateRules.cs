using System.Text.Json.Nodes;
using static ScaleFunctions.Bicep.Tests.Templates.Breakage;
using static ScaleFunctions.Bicep.Tests.Templates.Deployment;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>The rules, each with the breakages that prove it can fail.</summary>
internal static class TemplateRules
{
    private const string Accounts = "Microsoft.Storage/storageAccounts";
    private const string Containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Queues = "Microsoft.Storage/storageAccounts/queueServices/queues";
    private const string Sites = "Microsoft.Web/sites";
    private const string PublishingPasswords = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    private const string RoleAssignments = "Microsoft.Authorization/roleAssignments";
    private const string Subscriptions = "Microsoft.EventGrid/systemTopics/eventSubscriptions";

    private const string Topics = "Microsoft.EventGrid/topics";
    private const string TopicSubscriptions = "Microsoft.EventGrid/topics/eventSubscriptions";
    private const string ActionGroups = "Microsoft.Insights/actionGroups";
    private const string Budgets = "Microsoft.Consumption/budgets";

    private const string QueryRules = "Microsoft.Insights/scheduledQueryRules";

    private static readonly string[] CommonSettings =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "WorkStorage__queueServiceUri", "WorkStorage__credential", "WorkStorage__clientId",
        "StateStorage__tableServiceUri", "StateStorage__credential", "StateStorage__clientId", "StateStorage__table",
        "EVALUATE_QUEUE", "VERIFY_QUEUE", "BUDGET_QUEUE", "TICK_SCHEDULE", "FORECAST_SCHEDULE", "RIGHTSIZE_SCHEDULE", "COST_SCHEDULE",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_STATSBEAT_DISABLED",
        "ScaleFunctions__Mode", "Azure__ReadClientId",
    ];

    public static readonly IReadOnlyList<TemplateRule> All =
    [
        new("Storage opens to no key, no plain http, no old TLS, no anonymous reader", Storage,
            Set(Accounts, true, "properties", "allowSharedKeyAccess"),
            Set(Accounts, null, "properties", "allowSharedKeyAccess"),
            Set(Accounts, "TLS1_1", "properties", "minimumTlsVersion"),
            Set(Accounts, false, "properties", "supportsHttpsTrafficOnly"),
            Set(Accounts, true, "properties", "allowBlobPublicAccess"),
            Set(Containers, "Blob", "properties", "publicAccess")),
        new("The site is https only, TLS 1.2 or newer, without FTP and publishing passwords", Doors,
            Set(Sites, false, "properties", "httpsOnly"),
            Set(Sites, "1.1", "properties", "siteConfig", "minTlsVersion"),
            Set(Sites, "1.0", "properties", "siteConfig", "scmMinTlsVersion"),
            Set(Sites, "AllAllowed", "properties", "siteConfig", "ftpsState"),
            Set(PublishingPasswords, true, "properties", "allow"),
            InAct("one policy is missing", deployment => deployment.Resources.Remove(deployment.Of(PublishingPasswords)[0]))),
        new("Telemetry is sent with an identity, not with a key", Telemetry,
            Set("Microsoft.Insights/components", false, "properties", "DisableLocalAuth"),
            Set("Microsoft.OperationalInsights/workspaces", false, "properties", "features", "disableLocalAuth")),
        new("An alert fires when no tick has finished within five minutes, whether or not the app lives", DeadMan,
            InAct("there is none", deployment => deployment.Resources.Remove(QueryRule(deployment, "no-tick"))),
            InAct("it is off", deployment => QueryRule(deployment, "no-tick")["properties"]!["enabled"] = false),
            InAct("it looks at an hour", deployment => QueryRule(deployment, "no-tick")["properties"]!["windowSize"] = "PT1H"),
            InAct("it looks once an hour", deployment => QueryRule(deployment, "no-tick")["properties"]!["evaluationFrequency"] = "PT1H"),
            InAct("it sums what is not there", deployment => Criterion(deployment)["timeAggregation"] = "Total"),
            InAct("it waits for three windows", deployment => Criterion(deployment)["failingPeriods"]!["minFailingPeriodsToAlert"] = 3),
            InAct("it waits for a signal", deployment => Criterion(deployment)["operator"] = "GreaterThan"),
            InAct("it counts what is never there", deployment => Criterion(deployment)["threshold"] = 0),
            InAct("ticks that did not finish count", deployment => Criterion(deployment)["query"] = "AppMetrics | where Name == \"scalefunctions.ticks\"")),
        new("Settings are exactly the ones the app and its plan need", SettingNames,
            InAct("one is missing", deployment => deployment.SettingList.RemoveAt(0)),
            InAct("a connection string", deployment => deployment.SettingList.Add(Setting("AzureWebJobsStorage", "x"))),
            InAct("a worker runtime on Flex Consumption", deployment => deployment.SettingList.Add(Setting("FUNCTIONS_WORKER_RUNTIME", "custom"))),
            OnPremium("a file share", deployment => deployment.SettingList.Add(Setting("WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "x"))),
            OnPremium("no worker runtime", deployment => deployment.SettingList.Remove(deployment.SettingList.Single(setting => setting!["name"]!.ToString() == "FUNCTIONS_WORKER_RUNTIME")))),
        new("Settings have the values the functions expect", SettingValues,
            InAct("another queue", deployment => Change(deployment, "EVALUATE_QUEUE", "work")),
            InAct("every second", deployment => Change(deployment, "TICK_SCHEDULE", "* * * * * *")),
            InAct("a password", deployment => Change(deployment, "WorkStorage__credential", "key")),
            InAct("policies of another account", deployment => Change(deployment, "PolicyStorage__blobServiceUri", "https://other.blob.core.windows.net")),
            InAct("policies of another container", deployment => Change(deployment, "PolicyStorage__container", "releases")),
            InAct("policies under an identity without the role", deployment => Change(deployment, "PolicyStorage__clientId", deployment.Settings["Azure__ActClientId"])),
            InAct("no role on the container of policies", deployment => deployment.Resources.Remove(deployment.Of(RoleAssignments).Single(role => role["id"]!.ToString().Contains("/containers/fleet/", StringComparison.Ordinal)))),
            OnPremium("no container of policies", deployment => deployment.Resources.Remove(deployment.Of(Containers).Single(made => made["name"]!.ToString().EndsWith("/policies", StringComparison.Ordinal)))),
            InAct("state in another table", deployment => Change(deployment, "StateStorage__table", "other")),
            InAct("state in another account", deployment => Change(deployment, "StateStorage__tableServiceUri", "https://other.table.core.windows.net")),
            InAct("state under an identity without the role", deployment => Change(deployment, "StateStorage__clientId", deployment.Settings["Azure__ActClientId"])),
            OnPremium("another runtime", deployment => Change(deployment, "FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"))),
        new("The runtime is custom, packages are read with the identity, the tick and evaluations stay warm", Runtime,
            Set(Sites, "dotnet-isolated", "properties", "functionAppConfig", "runtime", "name"),
            Set(Sites, "10.0", "properties", "functionAppConfig", "runtime", "version"),
            Set(Sites, "StorageAccountConnectionString", "properties", "functionAppConfig", "deployment", "storage", "authentication", "type"),
            Set(Sites, new JsonArray(), "properties", "functionAppConfig", "scaleAndConcurrency", "alwaysReady"),
            OnPremium("a Flex Consumption section", deployment => deployment.Site["properties"]!["functionAppConfig"] = new JsonObject()),
            OnPremium("a Windows plan", deployment => deployment.One("Microsoft.Web/serverfarms")["properties"]!["reserved"] = false)),
        new("Each queue has its poison queue", PoisonQueues,
            InAct("one is missing", deployment => deployment.Resources.Remove(deployment.Of(Queues)[1]))),
        new("Event subscriptions keep what they cannot deliver, with an identity, and name the function by id", Events,
            Set(Subscriptions, null, "properties", "deadLetterWithResourceIdentity"),
            Set(Subscriptions, null, "properties", "retryPolicy"),
            Set(Subscriptions, "WebHook", "properties", "destination", "endpointType"),
            Set(Subscriptions, new JsonArray("Microsoft.Resources.ResourceWriteSuccess"), "properties", "filter", "includedEventTypes"),
            Set(Subscriptions, null, "properties", "filter", "advancedFilters"),
            InAct("the dead letters go to a container that is not there", deployment => deployment.Of(Subscriptions)[0]["properties"]!["deadLetterWithResourceIdentity"]!["deadLetterDestination"]!["properties"]!["blobContainerName"] = "gone"),
            InAct("no subscription", deployment => deployment.Resources.Remove(deployment.Of(Subscriptions)[0])),
            InObserve("one in the first deployment", deployment => deployment.Resources.Add(new JsonObject { ["type"] = Subscriptions }))),
        new("What the app tells by action groups, and what it could not deliver, is mailed once with all that it says", Mails,
            InAct("there is no rule", deployment => deployment.Resources.Remove(QueryRule(deployment, "told"))),
            InAct("nobody hears of what was given up", deployment => deployment.Resources.Remove(QueryRule(deployment, "undelivered"))),
            InAct("each evaluation mails again", deployment => QueryRule(deployment, "told")["properties"]!["autoMitigate"] = false),
            InAct("what is late is missed", deployment => QueryRule(deployment, "told")["properties"]!["windowSize"] = "PT5M"),
            InAct("nobody is called", deployment => QueryRule(deployment, "told")["properties"]!["actions"]!["actionGroups"] = new JsonArray()),
            InAct("it looks for something else", deployment => Criterion(deployment, "told")["query"] = "AppRequests"),
            InAct("it does not say how it is undone", deployment => Criterion(deployment, "told")["dimensions"]!.AsArray().RemoveAt(3))),
        new("Budgets call the app with a key and without the common alert schema, for what was spent and what is expected", OfBudgets,
            InAct("none is on the group", deployment => deployment.Resources.Remove(deployment.Of(Budgets).Single(each => each["id"]!.ToString().Contains("/rg-fleet/", StringComparison.Ordinal)))),
            InAct("one is off", deployment => OfFleet(deployment)["notifications"]!.AsObject().First().Value!["enabled"] = false),
            InAct("one calls nobody", deployment => OfFleet(deployment)["notifications"]!.AsObject().First().Value!["contactGroups"] = new JsonArray()),
            InAct("the common alert schema", deployment => Hook(deployment)["useCommonAlertSchema"] = true),
            InAct("the webhook without a key", deployment => Hook(deployment)["serviceUri"] = "https://scale.azurewebsites.net/hooks/budget"),
            InObserve("one that nobody asked for", deployment => deployment.Resources.Add(new JsonObject { ["type"] = Budgets }))),
        new("Events about budgets are published with an identity, delivered to the function, and kept when that fails", BudgetTopic,
            Set(Topics, false, "properties", "disableLocalAuth"),
            Set(TopicSubscriptions, null, "properties", "deadLetterWithResourceIdentity"),
            Set(TopicSubscriptions, null, "properties", "retryPolicy"),
            Set(TopicSubscriptions, null, "properties", "filter"),
            InAct("nobody subscribes", deployment => deployment.Resources.Remove(deployment.Of(TopicSubscriptions)[0])),
            InObserve("the first deployment publishes", deployment => deployment.SettingList.Add(Setting("BudgetTopic__topicEndpointUri", "https://x")))),
        new("Every resource has a stable API version", ApiVersions,
            Set(Sites, "2024-04-01-preview", "apiVersion")),
        .. RoleRules.All,
        .. NetworkRules.All,
        .. WatchRules.All,
    ];

    private static IEnumerable<string> Storage(Deployment deployment)
    {
        foreach (var account in deployment.Of(Accounts))
        {
            var properties = account["properties"];
            yield return Expect("allowSharedKeyAccess", Text(properties, "allowSharedKeyAccess"), "false");
            yield return Expect("minimumTlsVersion", Text(properties, "minimumTlsVersion"), "TLS1_2");
            yield return Expect("supportsHttpsTrafficOnly", Text(properties, "supportsHttpsTrafficOnly"), "true");
            yield return Expect("allowBlobPublicAccess", Text(properties, "allowBlobPublicAccess"), "false");
        }

        foreach (var container in deployment.Of(Containers))
        {
            yield return Expect($"publicAccess of {container["name"]}", Text(container, "properties", "publicAccess"), "None");
        }
    }

    private static IEnumerable<string> Doors(Deployment deployment)
    {
        var properties = deployment.Site["properties"];
        yield return Expect("httpsOnly", Text(properties, "httpsOnly"), "true");
        yield return Expect("minTlsVersion", Text(properties, "siteConfig", "minTlsVersion"), "1.2", "1.3");
        yield return Expect("scmMinTlsVersion", Text(properties, "siteConfig", "scmMinTlsVersion"), "1.2", "1.3");
        yield return Expect("ftpsState", Text(properties, "siteConfig", "ftpsState"), "Disabled");
        var shut = deployment.Of(PublishingPasswords).Where(door => Text(door, "properties", "allow") == "false").Select(door => door["name"]!.ToString().Split('/')[1]);
        yield return Same("publishing passwords off", shut, ["ftp", "scm"]);
    }

    private static IEnumerable<string> Telemetry(Deployment deployment)
    {
        yield return Expect("DisableLocalAuth", Text(deployment.One("Microsoft.Insights/components"), "properties", "DisableLocalAuth"), "true");
        yield return Expect("disableLocalAuth", Text(deployment.One("Microsoft.OperationalInsights/workspaces"), "properties", "features", "disableLocalAuth"), "true");
    }

    private static IEnumerable<string> DeadMan(Deployment deployment)
    {
        if (!HasQueryRule(deployment, "no-tick"))
        {
            yield return "there is no alert";
            yield break;
        }

        var alert = QueryRule(deployment, "no-tick");
        yield return Expect("enabled", Text(alert, "properties", "enabled"), "true");
        yield return Expect("windowSize", Text(alert, "properties", "windowSize"), "PT5M");
        yield return Expect("evaluationFrequency", Text(alert, "properties", "evaluationFrequency"), "PT1M");

        // A sum or a mean of no rows is nothing, and nothing is not less than 1: only a count fires when the app is gone.
        yield return Expect("timeAggregation", Criterion(deployment)["timeAggregation"]!.ToString(), "Count");
        yield return Expect("periods", $"{Criterion(deployment)["failingPeriods"]!["minFailingPeriodsToAlert"]}", "1");
        yield return Expect("operator", Criterion(deployment)["operator"]!.ToString(), "LessThan");
        yield return Expect("threshold", Criterion(deployment)["threshold"]!.ToString(), "1");
        yield return Criterion(deployment)["query"]!.ToString() is var query && query.Contains("\"scalefunctions.ticks\"") && query.Contains("\"finished\"") ? "" : $"it looks for {query}";
    }

    private static JsonNode Criterion(Deployment deployment, string rule = "no-tick") => At(QueryRule(deployment, rule), "properties", "criteria", "allOf")![0]!;

    private static bool HasQueryRule(Deployment deployment, string rule) => deployment.Of(QueryRules).Any(each => each["name"]!.ToString().EndsWith($"-{rule}", StringComparison.Ordinal));

    private static JsonObject QueryRule(Deployment deployment, string rule) => deployment.Of(QueryRules).Single(each => each["name"]!.ToString().EndsWith($"-{rule}", StringComparison.Ordinal));

    /// <summary>The span and the metric are named in the code: what no rule looks for, nobody is told.</summary>
    private static IEnumerable<string> Mails(Deployment deployment)
    {
        foreach (var (rule, source) in new[] { ("told", "AppDependencies | where Name == \"alert\""), ("undelivered", "\"scalefunctions.alerts\"") })
        {
            if (!HasQueryRule(deployment, rule))
            {
                yield return $"there is no rule {rule}";
                continue;
            }

            var properties = QueryRule(deployment, rule)["properties"];
            yield return Expect($"{rule} enabled", Text(properties, "enabled"), "true");
            yield return Expect($"{rule} evaluationFrequency", Text(properties, "evaluationFrequency"), "PT5M");
            yield return Expect($"{rule} windowSize", Text(properties, "windowSize"), "PT15M");

            // What is still in the window is open, and an open alert is not fired again: each is told once.
            yield return Expect($"{rule} autoMitigate", Text(properties, "autoMitigate"), "true");
            yield return Criterion(deployment, rule)["query"]!.ToString() is var query && query.Contains(source, StringComparison.Ordinal) ? "" : $"{rule} looks for {query}";
            yield return deployment.Variant.Acts && Texts(At(properties, "actions", "actionGroups")).All(id => !id.EndsWith("-alerts", StringComparison.Ordinal)) ? $"{rule} calls nobody" : "";
        }

        if (HasQueryRule(deployment, "told"))
        {
            yield return Same("what a mail says", Criterion(deployment, "told")["dimensions"] is JsonArray parts ? parts.Select(part => part!["name"]!.ToString()) : [], ["What", "Why", "Money", "Undo", "Snooze", "Owner"]);
        }
    }

    private static IEnumerable<string> OfBudgets(Deployment deployment)
    {
        var budgets = deployment.Of(Budgets).Where(budget => !WatchRules.IsOwn(budget)).ToList();
        yield return Expect("budgets", $"{budgets.Count}", deployment.Variant.Acts ? "2" : "0");
        if (!deployment.Variant.Acts)
        {
            yield break;
        }

        yield return Same("places", budgets.Select(budget => budget["id"]!.ToString().Contains("/resourceGroups/rg-fleet/", StringComparison.Ordinal) ? "group" : "subscription"), ["group", "subscription"]);
        foreach (var notification in budgets.SelectMany(budget => At(budget, "properties", "notifications")!.AsObject()))
        {
            yield return Expect($"{notification.Key} enabled", Text(notification.Value, "enabled"), "true");
            yield return notification.Key.StartsWith($"{Text(notification.Value, "thresholdType")}".Replace("ed", "", StringComparison.Ordinal).ToLowerInvariant(), StringComparison.Ordinal) ? "" : $"{notification.Key} is of {Text(notification.Value, "thresholdType")}";
            yield return Texts(At(notification.Value, "contactGroups")).Any(id => id.EndsWith("-budgets", StringComparison.Ordinal)) ? "" : $"{notification.Key} calls no action group";
        }

        yield return Same(
            "what is told", budgets.SelectMany(budget => At(budget, "properties", "notifications")!.AsObject()).Select(each => $"{Text(each.Value, "thresholdType")} {Text(each.Value, "threshold")}"),
            ["Actual 80", "Actual 100", "Forecasted 100", "Actual 90", "Forecasted 110"]);
        var group = deployment.Of(ActionGroups).SingleOrDefault(each => each["name"]!.ToString().EndsWith("-budgets", StringComparison.Ordinal));
        var hook = At(group, "properties", "webhookReceivers") is JsonArray { Count: 1 } hooks ? hooks[0] : null;
        yield return Expect("common alert schema", Text(hook, "useCommonAlertSchema"), "false");
        yield return Text(hook, "serviceUri") is { } address && address.Contains("/hooks/budget?code=", StringComparison.Ordinal) && address.Contains("https://", StringComparison.Ordinal) ? "" : "the webhook is not called with a key over https";
    }

    private static IEnumerable<string> BudgetTopic(Deployment deployment)
    {
        yield return Expect("topics", $"{deployment.Of(Topics).Count}", deployment.Variant.Acts ? "1" : "0");
        yield return Expect("subscriptions", $"{deployment.Of(TopicSubscriptions).Count}", deployment.Variant.Acts ? "1" : "0");

        // An event that is published and subscribed to by nobody is lost, and with it every look at a budget.
        yield return deployment.Settings.ContainsKey("BudgetTopic__topicEndpointUri") == deployment.Variant.Acts ? "" : "the app publishes though nobody subscribes, or the other way round";
        foreach (var topic in deployment.Of(Topics))
        {
            yield return Expect("disableLocalAuth", Text(topic, "properties", "disableLocalAuth"), "true");
            yield return Expect("inputSchema", Text(topic, "properties", "inputSchema"), "EventGridSchema");
        }

        foreach (var properties in deployment.Of(TopicSubscriptions).Select(each => each["properties"]))
        {
            yield return Expect("function", Text(properties, "destination", "properties", "resourceId")?.Split("/functions/")[^1], "BudgetEvent");
            yield return Expect("endpoint", Text(properties, "destination", "endpointType"), "AzureFunction");
            yield return Same("event types", Texts(At(properties, "filter", "includedEventTypes")), ["ScaleFunctions.BudgetSignal"]);
            yield return Expect("attempts", Text(properties, "retryPolicy", "maxDeliveryAttempts"), "30");
            yield return Expect("dead letter container", Text(properties, "deadLetterWithResourceIdentity", "deadLetterDestination", "properties", "blobContainerName"), "dead-letters");
        }
    }

    private static IEnumerable<string> SettingNames(Deployment deployment)
    {
        var expected = CommonSettings.ToList();
        expected.AddRange(deployment.Variant.Acts ? ["Azure__ActClientId", "BudgetTopic__topicEndpointUri", "BudgetTopic__clientId", "ALERT_TEAMS_OPS"] : []);
        expected.AddRange(deployment.Variant.OnFlex ? [] : ["FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME"]);
        expected.AddRange(deployment.Variant is { OnFlex: false, Acts: true } ? ["WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID"] : []);
        expected.AddRange(deployment.Variant.IsWide ? ["ScaleFunctions__Subscriptions", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER"] : []);
        expected.AddRange(deployment.Variant.PolicySource switch
        {
            null => [],
            { } source when source.Contains("'directory'", StringComparison.Ordinal) => ["ScaleFunctions__Policies", "ScaleFunctions__PolicyCommit"],
            _ => ["PolicyStorage__blobServiceUri", "PolicyStorage__credential", "PolicyStorage__clientId", "PolicyStorage__container"],
        });
        yield return Same("settings", deployment.SettingList.Select(setting => setting!["name"]!.ToString()), expected);
    }

    private static IEnumerable<string> SettingValues(Deployment deployment)
    {
        var settings = deployment.Settings;
        yield return Expect("TICK_SCHEDULE", settings["TICK_SCHEDULE"], "0 * * * * *");
        yield return Expect("FORECAST_SCHEDULE", settings["FORECAST_SCHEDULE"], "30 * * * * *");
        yield return Expect("RIGHTSIZE_SCHEDULE", settings["RIGHTSIZE_SCHEDULE"], "0 17 * * * *");
        yield return Expect("COST_SCHEDULE", settings["COST_SCHEDULE"], "0 */15 * * * *");
        yield return Expect("EVALUATE_QUEUE", settings["EVALUATE_QUEUE"], "evaluate");
        yield return Expect("VERIFY_QUEUE", settings["VERIFY_QUEUE"], "verify");
        yield return Expect("BUDGET_QUEUE", settings["BUDGET_QUEUE"], "budget");
        yield return Expect("AzureWebJobsStorage__credential", settings["AzureWebJobsStorage__credential"], "managedidentity");
        yield return Expect("WorkStorage__credential", settings["WorkStorage__credential"], "managedidentity");
        yield return Expect("StateStorage__credential", settings["StateStorage__credential"], "managedidentity");
        yield return Expect("StateStorage__clientId", settings["StateStorage__clientId"], settings["WorkStorage__clientId"]);
        yield return Expect("StateStorage__table", settings["StateStorage__table"], "state");
        yield return Expect(
            "StateStorage__tableServiceUri", settings["StateStorage__tableServiceUri"], settings["WorkStorage__queueServiceUri"].Replace(".queue.", ".table.", StringComparison.Ordinal));
        if (settings.TryGetValue("PolicyStorage__container", out var container))
        {
            var own = settings["WorkStorage__queueServiceUri"].Replace(".queue.", ".blob.", StringComparison.Ordinal);
            var (account, name) = deployment.Variant.OnFlex ? (own.Replace($"'{deployment.One(Accounts)["name"]}'", "'policies'", StringComparison.Ordinal), "fleet") : (own, "policies");
            yield return Expect("PolicyStorage__blobServiceUri", settings["PolicyStorage__blobServiceUri"], account);
            yield return Expect("PolicyStorage__container", container, name);
            yield return Expect("PolicyStorage__credential", settings["PolicyStorage__credential"], "managedidentity");
            yield return Expect("PolicyStorage__clientId", settings["PolicyStorage__clientId"], settings["WorkStorage__clientId"]);
            yield return deployment.Of(RoleAssignments).Any(role => role["id"]!.ToString().Contains("/containers/fleet/", StringComparison.Ordinal)) == deployment.Variant.OnFlex
                ? "" : "the role on a container of another account, and on that alone, is what it takes to read policies there";
            yield return deployment.Of(Containers).Any(made => made["name"]!.ToString().EndsWith("/policies", StringComparison.Ordinal)) != deployment.Variant.OnFlex
                ? "" : "the container of policies is made in the app's own account, and in no other";
        }

        if (!deployment.Variant.OnFlex)
        {
            yield return Expect("FUNCTIONS_WORKER_RUNTIME", settings["FUNCTIONS_WORKER_RUNTIME"], "custom");
            yield return Expect("FUNCTIONS_EXTENSION_VERSION", settings["FUNCTIONS_EXTENSION_VERSION"], "~4");
        }
    }

    private static IEnumerable<string> Runtime(Deployment deployment)
    {
        var plan = deployment.One("Microsoft.Web/serverfarms");
        var config = At(deployment.Site, "properties", "functionAppConfig");
        yield return Expect("reserved (Linux)", Text(plan, "properties", "reserved"), "true");
        yield return Expect("plan", Text(plan, "sku", "name"), deployment.Variant.OnFlex ? "FC1" : "EP1");
        if (!deployment.Variant.OnFlex)
        {
            yield return config is null ? "" : "functionAppConfig is for Flex Consumption";
            yield break;
        }

        yield return Expect("runtime", Text(config, "runtime", "name"), "custom");
        yield return Expect("runtime version", Text(config, "runtime", "version"), "");
        yield return Expect("package access", Text(config, "deployment", "storage", "authentication", "type"), "UserAssignedIdentity");
        yield return Same("always ready", At(config, "scaleAndConcurrency", "alwaysReady")!.AsArray().Select(entry => entry!["name"]!.ToString()), ["function:ScaleTick", "function:Evaluate"]);
    }

    private static IEnumerable<string> PoisonQueues(Deployment deployment)
    {
        var names = deployment.Of(Queues).Select(queue => queue["name"]!.ToString().Split('/')[^1]);
        yield return Same("queues", names, ["evaluate", "evaluate-poison", "verify", "verify-poison", "budget", "budget-poison"]);
    }

    private static IEnumerable<string> Events(Deployment deployment)
    {
        var subscriptions = deployment.Of(Subscriptions);
        yield return Expect("event subscriptions", $"{subscriptions.Count}", deployment.Variant.Acts ? "1" : "0");
        var containers = deployment.Of(Containers).Select(container => container["name"]!.ToString().Split('/')[^1]).ToArray();
        foreach (var properties in subscriptions.Select(subscription => subscription["properties"]))
        {
            yield return Expect("dead letter container", Text(properties, "deadLetterWithResourceIdentity", "deadLetterDestination", "properties", "blobContainerName"), containers);
            yield return Expect("dead letter identity", Text(properties, "deadLetterWithResourceIdentity", "identity", "type"), "UserAssigned");
            yield return Expect("attempts", Text(properties, "retryPolicy", "maxDeliveryAttempts"), "10");
            yield return Expect("endpoint", Text(properties, "destination", "endpointType"), "AzureFunction");
            yield return Expect("function", Text(properties, "destination", "properties", "resourceId")?.Split("/functions/")[^1], "ResourceEvent");
            yield return Same("event types", Texts(At(properties, "filter", "includedEventTypes")), ["Microsoft.Resources.ResourceWriteSuccess", "Microsoft.Resources.ResourceActionSuccess", "Microsoft.Resources.ResourceDeleteSuccess"]);
            var filters = At(properties, "filter", "advancedFilters") as JsonArray ?? [];
            yield return Same("filters", filters.Select(filter => filter!["key"]!.ToString()), ["data.resourceProvider", "data.operationName"]);
        }
    }

    private static IEnumerable<string> ApiVersions(Deployment deployment) =>
        from resource in deployment.Resources
        let version = Text(resource, "apiVersion")
        where !DateOnly.TryParseExact(version, "yyyy-MM-dd", out _) && !IsOnlyInPreview(resource, version)
        select $"{resource!["id"]} has API version {version}";

    // Its last version without that word is of 2016, and of another form.
    private static bool IsOnlyInPreview(JsonNode? resource, string? version) => Text(resource, "type") == WatchRules.DiagnosticSettings && version == "2021-05-01-preview";

    private static JsonNode OfFleet(Deployment deployment) => deployment.Of(Budgets).First(budget => !WatchRules.IsOwn(budget))["properties"]!;

    private static JsonNode Hook(Deployment deployment) =>
        deployment.Of(ActionGroups).Single(each => each["name"]!.ToString().EndsWith("-budgets", StringComparison.Ordinal))["properties"]!["webhookReceivers"]![0]!;

    internal static JsonObject Setting(string name, string value) => new() { ["name"] = name, ["value"] = value };

    internal static void Change(Deployment deployment, string setting, string value) =>
        deployment.SettingList.Single(entry => entry!["name"]!.ToString() == setting)!["value"] = value;

    // An empty text is no finding: rules read as a list of expectations.
    internal static string Expect(string what, string? actual, params string[] allowed) =>
        actual is not null && allowed.Contains(actual) ? "" : $"{what} is {actual ?? "absent"}, not {string.Join(" or ", allowed)}";

    internal static string Same(string what, IEnumerable<string> actual, IEnumerable<string> expected)
    {
        var found = string.Join(", ", actual.Order(StringComparer.Ordinal));
        var wanted = string.Join(", ", expected.Order(StringComparer.Ordinal));
        return found == wanted ? "" : $"{what}: {found}; expected: {wanted}";
    }
}
