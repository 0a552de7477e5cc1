using System.Text.Json;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>rollout</c> beside a run.</summary>
public sealed class RolloutTests
{
    private const string Rings =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: rings }
        spec:
          rollout:
            rings:
              - { name: sets, select: { type: vmss }, soak: 14d }
        """;

    [Fact(Timeout = 300_000)]
    public async Task A_changed_set_is_followed_halted_and_promoted_beside_a_run()
    {
        await using var place = new Workplace();
        place.Write("policies/rings.yml", Rings);
        var serve = await place.ServeAsync("--speed", "1200", "--state", "st");
        Assert.StartsWith("no policy set is rolled out", (await place.RunAsync("rollout status --state st")).ShouldBe(0).Output, StringComparison.Ordinal);
        (await place.RunAsync("rollout", "halt", "--reason", "r", "--state", "st")).ShouldRefuse("no policy set is rolled out");

        place.Edit("policies/horizontal-scaling.yml", "minimum: 2 ", "minimum: 12 ");
        await serve.LineAsync(line => line.Contains("is below the minimum of 12", StringComparison.Ordinal));
        JsonElement open;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            open = await StatusAsync(place);
        }
        while (open.GetProperty("count") is not { ValueKind: JsonValueKind.Object } count || count.GetProperty("evaluated").GetInt32() == 0 || count.GetProperty("evaluated").GetInt32() < count.GetProperty("decided").GetInt32());

        var next = open.GetProperty("next").GetString()!;
        var table = (await place.RunAsync("rollout status --state st --format csv")).ShouldBe(0);
        Assert.Contains(table.Lines, line => line.StartsWith($"{next[..12]},sets,", StringComparison.Ordinal) && line.EndsWith(",at most 0,yes", StringComparison.Ordinal));
        Assert.Contains(table.Lines, line => line.Contains(",soak,", StringComparison.Ordinal) && line.EndsWith(",14d,not yet", StringComparison.Ordinal));
        var listed = (await place.RunAsync("policies list --state st --format csv")).ShouldBe(0);
        Assert.Contains(listed.Lines, line => line.StartsWith($"{next[..12]},\"rolling out, what the files say\"", StringComparison.Ordinal));

        (await place.RunAsync("rollout", "halt", "--state", "st")).ShouldRefuse("say why with '--reason'");
        (await place.RunAsync("rollout", "promote", "--state", "st")).ShouldRefuse("say why with '--reason'");
        (await place.RunAsync("rollout", "halt", "--by", "ann", "--reason", "too many", "--state", "st")).ShouldBe(0);
        Assert.Equal("too many", (await StatusAsync(place)).GetProperty("halt").GetProperty("why").GetString());
        Assert.Contains("counts for the ring 'sets'", (await place.RunAsync("rollout", "promote", "--by", "ann", "--reason", "was meant", "--state", "st")).ShouldBe(0).Output, StringComparison.Ordinal);
        (await place.RunAsync("rollout", "promote", "--ring", "canary", "--reason", "r", "--state", "st")).ShouldRefuse("the ring 'sets' has policy set", "not 'canary'");
        (await place.RunAsync("rollout", "promote", "--set", "000000", "--all", "--reason", "r", "--state", "st")).ShouldRefuse($"policy set {next[..12]} is rolled out, not '000000'");
        Assert.Contains("counts for all", (await place.RunAsync("rollout", "promote", "--all", "--by", "ann", "--reason", "sure", "--state", "st")).ShouldBe(0).Output, StringComparison.Ordinal);

        Assert.Contains((await place.RunAsync("policies list --state st --format csv")).ShouldBe(0).Lines, line => line.StartsWith($"{next[..12]},in force", StringComparison.Ordinal));
        var history = (await place.RunAsync("history fleet --state st --format markdown")).ShouldBe(0).Lines;
        Assert.Contains(history, line => line.Contains("is halted in the ring 'sets' by ann: too many", StringComparison.Ordinal));
        Assert.Contains(history, line => line.Contains("where ann had halted it, as ann wants it: was meant", StringComparison.Ordinal));
    }

    private static async Task<JsonElement> StatusAsync(Workplace place) => (await place.RunAsync("rollout status --state st --format json")).ShouldBe(0).Json().GetProperty("rollout");
}
