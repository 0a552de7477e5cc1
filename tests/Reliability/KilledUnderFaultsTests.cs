using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Workers killed while Azure misbehaves as well.</summary>
public sealed class KilledUnderFaultsTests(Scoreboard scoreboard)
{
    [Theory(Timeout = Timeouts.Long)]
    [InlineData("dropped before landing", "action.doubt:start")]
    [InlineData("dropped before landing", "action.doubt:stop")]
    [InlineData("dropped before landing", "action.end:start")]
    [InlineData("dropped after landing", "action.doubt:start")]
    [InlineData("dropped after landing", "action.doubt:stop")]
    [InlineData("dropped after landing", "action.end:stop")]
    [InlineData("500 without landing", "action.doubt:stop")]
    [InlineData("500 without landing", "action.settle:stop")]
    [InlineData("500 after landing", "action.doubt:start")]
    [InlineData("500 after landing", "action.settle:start")]
    [InlineData("an operation without an end", "action.accept:stop")]
    [InlineData("an operation without an end", "action.settle:stop")]
    [InlineData("an operation without an end", "action.end:start")]
    public async Task A_worker_killed_while_its_writes_go_wrong_leaves_nothing_doubled_and_nothing_lost(string fault, string point) =>
        await Trials.KillInsideAsync(scoreboard, point, $"{point}, {fault}", [Rule(fault)], TestContext.Current.CancellationToken);

    private static FaultRule Rule(string fault) => fault switch
    {
        "dropped before landing" => new FaultRule { Method = "PATCH", Effect = new DropBeforeLanding() },
        "dropped after landing" => new FaultRule { Method = "PATCH", Effect = new DropAfterLanding() },
        "500 without landing" => new FaultRule { Method = "PATCH", Effect = new AnswerWith(500) },
        "500 after landing" => new FaultRule { Method = "PATCH", Effect = new AnswerWith(500, Lands: true) },

        // Only once: such an operation blocks its scale set for good.
        "an operation without an end" => new FaultRule { Method = "PATCH", Effect = new OperationNeverEnds(), Times = 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
