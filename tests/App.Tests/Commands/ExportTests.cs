using System.Text.Json;
using ScaleFunctions.App.Commands.Exports;
using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class ExportTests
{
    private static readonly string[] Artifacts = [PolicyExports.Performance, PolicyExports.Costs];

    /// <summary>Mend it with <c>export</c>.</summary>
    [Fact]
    public void The_artifacts_in_the_repository_are_current()
    {
        var differences = PolicyExports.Of(Path.Combine(Repository.Root, "policies"))
            .SelectMany(file => ExportDifferences.Of(file.Name, File.ReadAllText(Path.Combine(Repository.Root, "docs", file.Name)), file.Text));

        Assert.Empty(differences);
    }

    [Fact]
    public async Task Says_the_same_wherever_the_files_lie()
    {
        await using var place = new Workplace();
        (await place.RunAsync("export")).ShouldBe(0);
        Directory.Move(place.File("policies"), place.File("elsewhere"));
        (await place.RunAsync(["export", "--policies", place.File("elsewhere"), "--out", "again"])).ShouldBe(0);

        Assert.All(Artifacts, name => Assert.Equal(File.ReadAllText(place.File($"docs/{name}")), File.ReadAllText(place.File($"again/{name}"))));
        Assert.Contains("the artifacts in docs are those of elsewhere", (await place.RunAsync("export --check --policies elsewhere")).ShouldBe(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_values_with_their_origins_and_what_guardrails_made_of_them()
    {
        await using var place = new Workplace();
        place.Edit("policies/guardrails.yml", "maximumInstances: 100 ", "maximumInstances: 40 ");
        (await place.RunAsync("export")).ShouldBe(0);

        var performance = PolicyExports.Read(await File.ReadAllTextAsync(place.File("docs/Performance_Optimization.json"), TestContext.Current.CancellationToken))!;
        var costs = PolicyExports.Read(await File.ReadAllTextAsync(place.File("docs/Cost_Management_Configuration.json"), TestContext.Current.CancellationToken))!;
        var maximum = performance.Workloads.Single(workload => workload.Name == "web-shop").Policies.Single(policy => policy.Kind == "HorizontalScaling")
            .Values.Single(value => value.Field == "spec.instances.maximum");

        Assert.Equal(("40", "horizontal-scaling.yml:12:14"), (maximum.Value, maximum.From));
        Assert.Contains("the policy says 60", maximum.Note, StringComparison.Ordinal);
        Assert.Equal(["CostMonitoring", "BudgetAlerts", "UsageOptimization", "AlertChannels"], costs.Estate.Select(policy => policy.Kind));
        Assert.Equal("1000 USD", costs.Estate.Single(policy => policy.Kind == "BudgetAlerts").Values.Single(value => value.Field == "spec.amount").Value);
        Assert.DoesNotContain(performance.Workloads.SelectMany(workload => workload.Policies), policy => policy.Kind == "UsageOptimization");
        Assert.Contains(costs.Files, file => file.Name == "budget-alerts.yml" && file.Sha256.Length == 64);
    }

    [Fact]
    public async Task A_check_tells_which_value_differs_and_where_it_is_written()
    {
        await using var place = new Workplace();
        (await place.RunAsync("export")).ShouldBe(0);
        place.Edit("policies/budget-alerts.yml", "amount: 1000", "amount: 1200");

        var check = (await place.RunAsync("export --check")).ShouldBe(1).ShouldHideItsInside();

        Assert.Contains(check.Lines, line => line.Contains("BudgetAlerts budget-alerts spec.amount is '1000 USD'; the policies say '1200 USD' (budget-alerts.yml:14:11)", StringComparison.Ordinal));
        Assert.Contains(check.Lines, line => line.Contains("the values are the same, the files are not (budget-alerts.yml)", StringComparison.Ordinal));
        Assert.Contains("write them with 'export --policies policies --out docs'", check.Error, StringComparison.Ordinal);
        Assert.Contains("1000 USD", await File.ReadAllTextAsync(place.File("docs/Cost_Management_Configuration.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_tells_what_is_missing_or_no_artifact()
    {
        await using var place = new Workplace();
        (await place.RunAsync("export")).ShouldBe(0);
        File.Delete(place.File("docs/Performance_Optimization.json"));
        place.Write("docs/Cost_Management_Configuration.json", "{ \"half\": ");

        var check = (await place.RunAsync("export --check")).ShouldBe(1).ShouldHideItsInside();

        Assert.Equal(["docs/Performance_Optimization.json is not there", "docs/Cost_Management_Configuration.json is no artifact of 'export'"], check.Lines);
    }

    [Fact]
    public async Task Policies_with_errors_are_not_exported()
    {
        await using var place = new Workplace();
        place.Edit("policies/horizontal-scaling.yml", "minimum: 2 ", "minimum: many ");

        var run = (await place.RunAsync("export")).ShouldBe(1).ShouldHideItsInside();

        Assert.Contains("horizontal-scaling.yml:11:14", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.File("docs")));
    }

    /// <summary>The schema names every field that is written, and requires each.</summary>
    [Fact]
    public void The_schema_describes_what_is_written()
    {
        var files = PolicyExports.Of(Path.Combine(Repository.Root, "policies")).ToDictionary(file => file.Name, file => file.Text);
        using var schema = JsonDocument.Parse(files[PolicyExports.Schema]);

        foreach (var name in Artifacts)
        {
            using var artifact = JsonDocument.Parse(files[name]);
            Assert.Equal(PolicyExports.Schema, artifact.RootElement.GetProperty("$schema").GetString());
            Fits(schema.RootElement, schema.RootElement, artifact.RootElement, name);
        }
    }

    private static void Fits(JsonElement root, JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(root, (at, part) => at.GetProperty(part));
        }

        Assert.Equal(schema.GetProperty("type").GetString(), value.ValueKind.ToString().ToLowerInvariant());
        if (value.ValueKind == JsonValueKind.Array)
        {
            Assert.All(value.EnumerateArray(), item => Fits(root, schema.GetProperty("items"), item, $"{where}[]"));
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            Assert.All(schema.GetProperty("required").EnumerateArray(), field => Assert.True(value.TryGetProperty(field.GetString()!, out _), $"{where} has no {field}"));
            Assert.All(value.EnumerateObject(), field => Fits(root, schema.GetProperty("properties").GetProperty(field.Name), field.Value, $"{where}.{field.Name}"));
        }
    }
}
