namespace ScaleFunctions.App.Tests.Commands;

public sealed class ExplainTests
{
    [Fact]
    public async Task Prints_each_value_with_its_origin()
    {
        await using var place = new Workplace();
        place.Edit("policies/horizontal-scaling.yml", "  workload: web-shop\n", "  workload: web-shop\n  extends: presets/strict\n");
        place.Edit("policies/horizontal-scaling.yml", "    stabilization: 5m\n", "");

        var lines = (await place.RunAsync("explain web --format json")).ShouldBe(0).Json().EnumerateArray().ToList();
        var markdown = (await place.RunAsync("explain web --format markdown")).ShouldBe(0);

        Assert.Equal(("60", "policies/horizontal-scaling.yml:13:14", ""), Of("spec.instances.maximum"));
        Assert.Equal(("15m", "built-in presets/strict.yml:15:20", ""), Of("spec.scaleIn.stabilization"));
        Assert.Equal(("hold", "default", ""), Of("spec.instances.whenBlind"));
        Assert.Contains(markdown.Lines, line => line.StartsWith("| HorizontalScaling horizontal-scaling | spec.scaleIn.stabilization | 15m | built-in presets/strict.yml:15:20 |", StringComparison.Ordinal));

        (string? Value, string? Origin, string? Note) Of(string field)
        {
            var line = lines.Single(each => each.GetProperty("field").GetString() == field);
            return (line.GetProperty("value").GetString(), line.GetProperty("origin").GetString(), line.GetProperty("note").GetString());
        }
    }

    [Fact]
    public async Task Tells_what_the_guardrails_made_smaller()
    {
        await using var place = new Workplace();
        place.Edit("policies/guardrails.yml", "maximumInstances: 100", "maximumInstances: 40");

        var validated = (await place.RunAsync("validate")).ShouldBe(0);
        var lines = (await place.RunAsync("explain web --format json")).ShouldBe(0).Json().EnumerateArray();

        Assert.Contains(
            "note: policies/horizontal-scaling.yml:12:14: 'spec.instances.maximum' is 60, narrowed to 40 by the guardrails at policies/guardrails.yml:11:21",
            validated.Error, StringComparison.Ordinal);
        Assert.Equal(
            ("40", "the policy says 60; narrowed by policies/guardrails.yml:11:21"),
            lines.Where(line => line.GetProperty("field").GetString() == "spec.instances.maximum")
                .Select(line => (line.GetProperty("value").GetString()!, line.GetProperty("note").GetString()!)).Single());
    }

    [Fact]
    public async Task Says_which_targets_there_are()
    {
        await using var place = new Workplace();

        (await place.RunAsync("explain wbe")).ShouldRefuse("there is no target 'wbe'; there are api, web, worker, portal");
    }

    [Fact]
    public async Task Says_why_a_resource_is_left_alone()
    {
        await using var place = new Workplace();

        (await place.RunAsync("explain jobs")).ShouldRefuse("jobs is left alone: an elastic plan (ElasticPremium) scales by itself");
    }

    [Fact]
    public async Task Says_why_nothing_applies()
    {
        await using var place = new Workplace();
        place.Edit("policies/workloads.yml", "app: shop ", "app: other ");

        (await place.RunAsync("explain web")).ShouldRefuse("no policy applies to web: no workload selects it");
    }
}
