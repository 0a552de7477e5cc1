using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>assess</c>.</summary>
public sealed class AssessTests
{
    [Fact]
    public async Task A_large_estate_becomes_a_report_that_one_would_forward()
    {
        await using var place = new Workplace();

        var run = (await place.RunAsync("assess --estate large --days 1 --report out.html --format json")).ShouldBe(0).ShouldHideItsInside();

        var found = run.Json();
        Assert.Equal((1024, false), (found.GetProperty("resources").GetInt32(), found.GetProperty("isPartial").GetBoolean()));
        Assert.InRange(found.GetProperty("ours").GetInt32(), 600, 720);
        Assert.Equal(found.GetProperty("ours").GetInt32(), found.GetProperty("judged").GetInt32() + found.GetProperty("notJudged").GetArrayLength());
        Assert.Equal(12, found.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("subscription").GetString()).Distinct().Count());
        var dearest = found.GetProperty("oversized")[0];
        Assert.True(dearest.GetProperty("surplus").GetInt32() > 0);
        Assert.Equal("USD", dearest.GetProperty("perMonth").GetProperty("currency").GetString());
        Assert.Equal("Retail", found.GetProperty("prices")[0].GetProperty("basis").GetString());
        Assert.NotEqual(0, found.GetProperty("flapping").GetArrayLength());
        Assert.Contains(found.GetProperty("owners").EnumerateArray(), owner => owner.GetProperty("name").GetString() == "AKS");
        var rules = found.GetProperty("autoscale").EnumerateArray().SelectMany(setting => setting.GetProperty("findings").EnumerateArray()).Select(finding => finding.GetProperty("rule").GetString()!).ToHashSet();
        Assert.Superset(new HashSet<string> { "flapping", "no-rules" }, rules);

        var page = File.ReadAllText(place.File("out.html"));
        Assert.Contains(dearest.GetProperty("name").GetString()!, page, StringComparison.Ordinal);
        Assert.Contains("Azure&#39;s published prices", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_and_the_terminal_has_the_sections()
    {
        await using var place = new Workplace();
        await using var sandbox = await SandboxServer.StartAsync(new(), TestContext.Current.CancellationToken);

        var run = (await place.RunAsync($"assess --sandbox {sandbox.Port}/{sandbox.Thumbprint}")).ShouldBe(0).ShouldHideItsInside();
        var csv = (await place.RunAsync($"assess --sandbox {sandbox.Port}/{sandbox.Thumbprint} --format csv")).ShouldBe(0);

        Assert.Empty(sandbox.Writes.All);
        Assert.StartsWith("5 resources in 1 subscriptions; 4 that nobody else scales, 1 left alone.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Left alone, because somebody else scales it", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("finding,subscription,", csv.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_for_it_cannot_write()
    {
        await using var services = AssessedEstate.Services(new AzureConnection { Credential = new SandboxCredential(), Time = TimeProvider.System }, []);

        Assert.Empty(services.GetServices<ITargetKind>());
    }

    [Theory]
    [InlineData("large", """[ { "target": "00000000000[2468].*virtualMachineScaleSets\\?", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } } ]""", "AuthorizationFailed")]
    [InlineData("shop", """[ { "target": "metrics:getBatch", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } } ]""", "metrics could not be read")]
    [InlineData("shop", """[ { "target": "autoscalesettings", "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } } ]""", "autoscale settings")]
    public async Task A_part_that_cannot_be_read_is_told_and_the_rest_too(string estate, string faults, string gap)
    {
        await using var place = new Workplace();
        place.Write("faults.json", faults);

        var run = (await place.RunAsync($"assess --estate {estate} --days 1 --faults faults.json --format json")).ShouldBe(3).ShouldHideItsInside();

        var found = run.Json();
        Assert.True(found.GetProperty("isPartial").GetBoolean());
        Assert.Contains(found.GetProperty("gaps").EnumerateArray(), each => each.GetString()!.Contains(gap, StringComparison.Ordinal));
        Assert.NotEqual(0, found.GetProperty("resources").GetInt32());
    }

    [Fact]
    public async Task An_azure_that_answers_nothing_gives_a_report_of_what_is_missing()
    {
        await using var place = new Workplace();
        place.Write("faults.json", """[ { "effect": { "kind": "answer", "status": 403, "code": "AuthorizationFailed" } } ]""");

        var run = (await place.RunAsync("assess --faults faults.json --report out.html")).ShouldBe(3).ShouldHideItsInside();

        Assert.StartsWith("0 resources in 0 subscriptions", run.Output, StringComparison.Ordinal);
        Assert.Contains("not read: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("This is not all", File.ReadAllText(place.File("out.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assess --subscription shop", "'shop' does not fit --subscription")]
    [InlineData("assess --currency euros", "'euros' does not fit --currency")]
    [InlineData("assess --days 400", "'400' does not fit --days")]
    [InlineData("assess --azure --estate large", "are different estates; give one of them")]
    [InlineData("assess --report nowhere/out.html", "there is no directory")]
    [InlineData("assess --sandbox 1/2", "is no address of a sandbox")]
    public async Task What_makes_no_sense_is_refused(string arguments, string error)
    {
        await using var place = new Workplace();

        (await place.RunAsync(arguments)).ShouldRefuse(error);
    }
}
