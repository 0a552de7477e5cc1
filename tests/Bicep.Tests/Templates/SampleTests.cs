using System.Text.Json.Nodes;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>The samples deploy as they stand, each for what it is meant for.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_for_development_cannot_write_and_costs_little()
    {
        var deployment = await TakeAsync("dev", new Variant("flex", "observe"));
        Assert.Empty(deployment.Roles("ScaleFunctions act"));
        Assert.DoesNotContain(deployment.Of("Microsoft.ManagedIdentity/userAssignedIdentities"), identity => identity["name"]!.ToString().EndsWith("-act", StringComparison.Ordinal));
        Assert.Empty(Deployment.At(deployment.Site, "properties", "functionAppConfig", "scaleAndConcurrency", "alwaysReady")!.AsArray());
        Assert.Empty(deployment.Of(WatchRules.DiagnosticSettings));
        Assert.Equal("30", Deployment.Text(deployment.One("Microsoft.Consumption/budgets"), "properties", "amount"));

        // Nobody is named: then owners of the group are told.
        Assert.All(
            deployment.One("Microsoft.Consumption/budgets")["properties"]!["notifications"]!.AsObject(),
            told => Assert.Equal(["Owner"], Deployment.Texts(told.Value!["contactRoles"])));
    }

    [Fact]
    public async Task The_sample_for_production_acts_in_its_groups_tells_people_and_is_closed()
    {
        var deployment = await TakeAsync("prod", Variant.PrivateAct with { Plan = "flex" });
        Assert.Equal(
            ["rg-reports", "rg-shop"],
            deployment.Roles("ScaleFunctions act").Select(role => Deployment.Texts(role["properties"]!["assignableScopes"]).Single().Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.Equal("Disabled", Deployment.Text(deployment.One("Microsoft.Storage/storageAccounts"), "properties", "publicNetworkAccess"));
        Assert.Equal(5, deployment.Of("Microsoft.Network/privateEndpoints").Count);
        Assert.Equal(2, deployment.Of("Microsoft.EventGrid/systemTopics/eventSubscriptions").Count);
        Assert.All(
            deployment.Of("Microsoft.Insights/scheduledQueryRules"),
            rule => Assert.NotEmpty(Deployment.Texts(Deployment.At(rule, "properties", "actions", "actionGroups"))));
        Assert.DoesNotContain(deployment.Actions("ScaleFunctions act"), RoleRules.IsForbidden);
    }

    private static async Task<Deployment> TakeAsync(string sample, Variant meant)
    {
        BicepProgram.SkipWhereItCannotRun();
        using var folder = BicepFolder.CopyOf(Repository.Folder("bicep"));
        var run = await Snapshots.TakeAsync(folder, sample, "overwrite", TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Errors);
        return new Deployment(meant, JsonNode.Parse(await File.ReadAllTextAsync(folder.At($"{sample}.snapshot.json"), TestContext.Current.CancellationToken))!.AsObject());
    }
}
