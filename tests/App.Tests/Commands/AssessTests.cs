using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

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
        Assert.Equal((1048, false), (found.GetProperty("resources").GetInt32(), found.GetProperty("isPartial").GetBoolean()));
        Assert.InRange(found.GetProperty("ours").GetInt32(), 620, 740);
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
    public async Task A_silent_azure_ends_at_the_deadline_with_what_was_seen()
    {
        await using var place = new Workplace();
        await using var sandbox = await SandboxServer.StartAsync(
            new()
            {
                Observer = async (request, cancellation) =>
                {
                    if (request.Host.Contains("metrics", StringComparison.Ordinal))
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                    }
                },
            },
            TestContext.Current.CancellationToken);

        var run = (await place.RunAsync($"assess --sandbox {sandbox.Port}/{sandbox.Thumbprint} --deadline 8s --report out.html")).ShouldBe(3).ShouldHideItsInside();

        Assert.StartsWith("5 resources in 1 subscriptions", run.Output, StringComparison.Ordinal);
        Assert.Contains("not read: the time was up after 8 seconds; --deadline gives it longer", run.Error, StringComparison.Ordinal);
        Assert.Contains("its metrics could not be read: no answer in time", run.Error, StringComparison.Ordinal);
        Assert.Contains("This is not all", File.ReadAllText(place.File("out.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Azures_limits_put_off_is_told()
    {
        await using var place = new Workplace();
        place.Write("faults.json", """[ { "target": "metrics:getBatch", "skip": 2, "effect": { "kind": "throttle", "retryAfterSeconds": 3600 } } ]""");

        var found = (await place.RunAsync("assess --estate large --days 1 --faults faults.json --format json")).ShouldBe(3).ShouldHideItsInside().Json();

        Assert.InRange(found.GetProperty("judged").GetInt32(), 1, 100);
        Assert.Contains(found.GetProperty("gaps").EnumerateArray(), each => each.GetString()!.Contains("429", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Machines_and_declared_kinds_are_judged_and_names_are_no_markup()
    {
        await using var place = new Workplace();
        var estate = new EstateSpec([])
        {
            VirtualMachines = [new() { Id = Id("Microsoft.Compute/virtualMachines/<img src=x onerror=alert(1)>"), Load = new ConstantLoad(0.02) }],
            Declared =
            [
                DeclaredSamples.Database(Id("Microsoft.Sql/servers/sql/databases/orders"), new ConstantLoad(3)) with { InitialCapacity = 20 },
                DeclaredSamples.ContainerApp(Id("Microsoft.App/containerApps/front"), new ConstantLoad(1)) with { InitialCapacity = 2 },
            ],
        };
        await using var sandbox = await SandboxServer.StartAsync(new() { Estate = estate }, TestContext.Current.CancellationToken);

        var found = (await place.RunAsync($"assess --sandbox {sandbox.Port}/{sandbox.Thumbprint} --report out.html --format json")).ShouldBe(0).ShouldHideItsInside().Json();

        var machine = Assert.Single(found.GetProperty("machines").EnumerateArray());
        Assert.Equal(("Idle", 1.6), (machine.GetProperty("finding").GetString(), machine.GetProperty("busiestPercent").GetDouble()));
        Assert.Equal("USD", machine.GetProperty("line").GetProperty("perMonth").GetProperty("currency").GetString());
        var database = Assert.Single(found.GetProperty("oversized").EnumerateArray());
        Assert.Equal(("sql/orders", 16, 4), (database.GetProperty("name").GetString(), database.GetProperty("needed").GetInt32(), database.GetProperty("surplus").GetInt32()));
        Assert.Contains("no metric is known", Assert.Single(found.GetProperty("notJudged").EnumerateArray()).GetProperty("why").GetString(), StringComparison.Ordinal);
        var page = File.ReadAllText(place.File("out.html"));
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sets_a_count_back_is_told_by_the_activity_log()
    {
        await using var place = new Workplace();
        var web = Id("Microsoft.Compute/virtualMachineScaleSets/web");
        await using var sandbox = await SandboxServer.StartAsync(
            new() { Estate = new EstateSpec([new() { Id = web, Load = new ConstantLoad(1), InitialCapacity = 3 }]) }, TestContext.Current.CancellationToken);
        foreach (var count in (int[])[4, 5, 3, 4, 5, 6, 3, 4, 5, 3])
        {
            sandbox.Estate.SetCapacity(web, count);
            await sandbox.Clock.AdvanceToAsync(sandbox.Clock.GetUtcNow().AddMinutes(45), TestContext.Current.CancellationToken);
        }

        var read = (await place.RunAsync($"assess --sandbox {sandbox.Port}/{sandbox.Thumbprint} --days 1 --format json")).ShouldBe(0).Json();
        sandbox.Faults.Add(new() { Target = "eventtypes", Effect = new AnswerWith(403, "AuthorizationFailed") });
        var refused = (await place.RunAsync($"assess --sandbox {sandbox.Port}/{sandbox.Thumbprint} --days 1 --format json")).ShouldBe(3).Json();

        Assert.EndsWith("; written then by ann@contoso.com (3 of 3)", Assert.Single(read.GetProperty("resets").EnumerateArray()).GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("could not be read", Assert.Single(refused.GetProperty("resets").EnumerateArray()).GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("AuthorizationFailed", Assert.Single(refused.GetProperty("gaps").EnumerateArray()).GetString(), StringComparison.Ordinal);
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
    [InlineData("assess --deadline 0s", "'0s' is not a span of time")]
    [InlineData("assess --policies nowhere", "nowhere")]
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

    private static TargetId Id(string resource) => TargetId.Parse($"/subscriptions/{EstateSpec.DefaultSubscription}/resourceGroups/shop/providers/{resource}");
}
