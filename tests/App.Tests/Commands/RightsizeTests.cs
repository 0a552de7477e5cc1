using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>rightsize</c>, on fleets whose need is known.</summary>
public sealed class RightsizeTests
{
    private const string Policy =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: shop }
        spec: { select: { type: vmss } }
        ---
        apiVersion: scalefunctions/v1
        kind: ResourceRightsizing
        metadata: { name: sizes }
        spec:
          workload: shop
          lookBackDays: 7
          suppress: [ { name: large, until: 2026-12-31, reason: moves in December } ]
        """;

    [Fact]
    public async Task Smaller_sizes_are_found_told_and_nothing_is_written()
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync();

        var json = (await place.RunAsync($"rightsize --sandbox {At(sandbox)} --format json")).ShouldBe(0).ShouldHideItsInside().Json();
        var page = (await place.RunAsync($"rightsize --sandbox {At(sandbox)} --format markdown")).ShouldBe(0).Output;
        var table = (await place.RunAsync($"rightsize --sandbox {At(sandbox)}")).ShouldBe(0).Output;
        var csv = (await place.RunAsync($"rightsize --sandbox {At(sandbox)} --format csv")).ShouldBe(0);

        var found = Finding(json, "large");
        Assert.Equal(("Save", 8), (found.GetProperty("verdict").GetString(), found.GetProperty("instances").GetInt32()));
        var (low, high) = (Amount(found, "savingLow"), Amount(found, "savingHigh"));
        Assert.InRange(low, 1, high);
        Assert.Equal(Amount(found, "costNow") - Amount(found, "costThen"), high);

        // Eight of 0.46 an hour.
        Assert.Equal(8 * 0.46m * 730, Amount(found, "costNow"));
        Assert.Equal(("Retail", "USD"), (found.GetProperty("priceBasis").GetString(), found.GetProperty("savingHigh").GetProperty("currency").GetString()));
        Assert.True(found.GetProperty("score").GetDouble() >= 0.5);
        Assert.InRange(found.GetProperty("confidenceDays").GetDouble(), 6.9, 7);
        Assert.Equal("Keep", Finding(json, "busy").GetProperty("verdict").GetString());
        Assert.Contains("## To change", page, StringComparison.Ordinal);
        Assert.Contains("**large** (shop): 8 × Standard_D8s_v5 → ", page, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", page, StringComparison.Ordinal);
        Assert.Contains("Azure's published prices, without your discounts", page, StringComparison.Ordinal);
        Assert.StartsWith("2 of 2 resources could be judged. 1 should have another size or count", table, StringComparison.Ordinal);
        Assert.StartsWith("verdict,subscription,", csv.Lines[0], StringComparison.Ordinal);
        Assert.Equal(3, csv.Lines.Count);
        Assert.Empty(sandbox.Writes.All);
    }

    [Fact]
    public async Task Policies_say_which_and_on_which_terms_and_what_is_not_to_be_told()
    {
        await using var place = new Workplace();
        place.Write("sizes/p.yml", Policy);
        await using var sandbox = await StartAsync();

        var json = (await place.RunAsync($"rightsize --sandbox {At(sandbox)} --policies sizes --format json")).ShouldBe(0).Json();

        var found = Finding(json, "large");
        Assert.Equal(("Suppressed", "2026-12-31", "sizes"), (found.GetProperty("verdict").GetString(), found.GetProperty("suppressedUntil").GetString(), found.GetProperty("policy").GetString()));
        Assert.Contains("moves in December", found.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, json.GetProperty("savingPerMonth").GetArrayLength());
    }

    /// <summary>An hour that was paid for in advance saves nothing, and everybody sees until when.</summary>
    [Fact]
    public async Task What_is_paid_in_advance_stays()
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync(reservations: [new ReservationSpec("r", "Standard_D8s_v5", "westeurope", 8, new DateOnly(2027, 3, 1)) { IsFlexible = false }]);

        var found = Finding((await place.RunAsync($"rightsize --sandbox {At(sandbox)} --format json")).ShouldBe(0).Json(), "large");

        Assert.Equal("Keep", found.GetProperty("verdict").GetString());
        Assert.Contains("paid in advance until 2027-03-01", found.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    /// <summary>What Azure has no values for is counted as not judged; what it refuses is a gap besides, and the exit code says so.</summary>
    [Theory]
    [InlineData("Available%20Memory%20Bytes", "NoMemoryMetric", 0)]
    [InlineData("Percentage%20CPU", "Unreadable", 3)]
    public async Task What_cannot_be_read_is_counted(string metric, string reason, int code)
    {
        await using var place = new Workplace();
        await using var sandbox = await StartAsync([new FaultRule { Target = $"metrics:getBatch.*{metric}", Effect = new AnswerWith(400, "BadRequest") }]);

        var json = (await place.RunAsync($"rightsize --sandbox {At(sandbox)} --format json")).ShouldBe(code).Json();

        var not = Assert.Single(json.GetProperty("notJudged").EnumerateArray());
        Assert.Equal((reason, 2, 0), (not.GetProperty("reason").GetString(), not.GetProperty("count").GetInt32(), json.GetProperty("judged").GetInt32()));
        Assert.Equal(code == 3, json.GetProperty("isPartial").GetBoolean());
    }

    [Fact]
    public async Task What_is_made_for_it_cannot_write()
    {
        await using var services = AssessedEstate.Services(new AzureConnection { Credential = new SandboxCredential(), Time = TimeProvider.System }, []);

        Assert.Empty(services.GetServices<ITargetKind>());
        Assert.Equal(3, services.GetRequiredService<Core.Cycle.SizeSources>().Sizes.Count);
    }

    [Theory]
    [InlineData("rightsize --days 3", "'3' does not fit --days")]
    [InlineData("rightsize --headroom generous", "generous")]
    [InlineData("rightsize --azure --estate large", "are different estates; give one of them")]
    [InlineData("rightsize --policies policies --days 8", "are the terms where no policies are given")]
    [InlineData("rightsize --policies presets-only", "presets-only")]
    public async Task What_makes_no_sense_is_refused(string arguments, string error)
    {
        await using var place = new Workplace();

        (await place.RunAsync(arguments)).ShouldRefuse(error);
    }

    /// <summary><c>large</c> has eight of twice the size it needs, at a load of one and a half instances; <c>busy</c> has what it needs.</summary>
    private static Task<SandboxServer> StartAsync(IReadOnlyList<FaultRule>? faults = null, IReadOnlyList<ReservationSpec>? reservations = null) => SandboxServer.StartAsync(
        new SandboxOptions
        {
            Estate = new EstateSpec([Fleet("large", "Standard_D8s_v5", 8, 1.5), Fleet("busy", "Standard_D4s_v5", 4, 3)]) { Reserved = reservations ?? [] },
            Behavior = new EstateOptions { History = TimeSpan.FromDays(8) },
            Faults = faults ?? [],
        },
        TestContext.Current.CancellationToken);

    private static ScaleSetSpec Fleet(string name, string size, int count, double load) => new()
    {
        Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", name),
        Sku = size,
        InitialCapacity = count,
        CountBefore = count,
        Load = new ConstantLoad(load),
        RestingMemoryPercent = 20,
    };

    private static string At(SandboxServer sandbox) => $"{sandbox.Port}/{sandbox.Thumbprint}";

    private static JsonElement Finding(JsonElement view, string name) => view.GetProperty("findings").EnumerateArray().Single(each => each.GetProperty("name").GetString() == name);

    private static decimal Amount(JsonElement finding, string money) => finding.GetProperty(money).GetProperty("amount").GetDecimal();
}
