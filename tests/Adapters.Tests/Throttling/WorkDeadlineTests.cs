using System.Diagnostics;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Adapters.Tests.Throttling;

/// <summary>Work that has to end, whatever Azure does, or does not.</summary>
public sealed class WorkDeadlineTests : AzureTest
{
    private bool _isSilent;

    protected override SandboxOptions Options() => new()
    {
        Estate = new EstateSpec([Spec("web")]),
        Observer = async (_, cancellation) =>
        {
            if (_isSilent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
        },
    };

    [Fact]
    public async Task An_Azure_that_answers_nothing_is_given_up_and_not_asked_again()
    {
        _isSilent = true;
        var arm = Connect();
        var clock = Stopwatch.StartNew();
        using var work = arm.Connection.Deadline.BeginWork(TimeSpan.FromSeconds(2), TimeProvider.System);

        var seen = Assert.IsType<InventoryReading.Partial>(await ListAsync());
        var asked = Received.Count;
        var again = Assert.IsType<InventoryReading.Partial>(await ListAsync());

        Assert.Contains("no answer in time", seen.Reason, StringComparison.Ordinal);
        Assert.Contains("not asked: the time was up", again.Reason, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 2, 20);
        Assert.Equal(asked, Received.Count);

        Task<InventoryReading> ListAsync() => new EstateInventory(arm, [new ScaleSetList(arm)], [Subscription]).ListAsync(Cancellation);
    }

    [Fact]
    public async Task When_it_is_over_others_may_take_their_time()
    {
        var arm = Connect();
        using (arm.Connection.Deadline.BeginWork(TimeSpan.Zero, TimeProvider.System))
        {
            Assert.IsType<InventoryReading.Partial>(await new EstateInventory(arm, [new ScaleSetList(arm)], [Subscription]).ListAsync(Cancellation));
        }

        Assert.IsType<InventoryReading.Complete>(await new EstateInventory(arm, [new ScaleSetList(arm)], [Subscription]).ListAsync(Cancellation));
    }
}
