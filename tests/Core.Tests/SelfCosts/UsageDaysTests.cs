using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.SelfCosts;

public sealed class UsageDaysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_add_to_one_day()
    {
        var documents = new MemoryDocumentStore();
        var (one, other) = (new UsageDays(documents), new UsageDays(documents));

        Assert.True(await one.AddAsync(Reads(3), Some.Noon, Some.At(5), Cancellation));
        Assert.True(await other.AddAsync(Reads(4), Some.At(2), Some.At(7), Cancellation));

        var day = Assert.Single(await one.ListAsync(Cancellation));
        Assert.Equal((7, TimeSpan.FromMinutes(7)), (day.Counts[UsageKind.ArmReads], day.Observed));
    }

    [Fact]
    public async Task Each_day_is_a_document_that_ends_after_five_weeks()
    {
        var documents = new MemoryDocumentStore();
        var days = new UsageDays(documents);
        for (var day = 0; day < 40; day++)
        {
            var now = Some.Noon.AddDays(day);
            await days.AddAsync(Reads(1), now.AddMinutes(-5), now, Cancellation);
            await documents.PruneDocumentsAsync(now, Cancellation);
        }

        Assert.Equal(35, (await days.ListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task What_was_used_across_midnight_counts_from_midnight_on()
    {
        var days = new UsageDays(new MemoryDocumentStore());
        var midnight = Some.Noon.AddHours(12);

        await days.AddAsync(Reads(1), midnight.AddMinutes(-3), midnight.AddMinutes(2), Cancellation);

        Assert.Equal(midnight, Assert.Single(await days.ListAsync(Cancellation)).First);
    }

    private static Dictionary<UsageKind, long> Reads(long count) => new() { [UsageKind.ArmReads] = count };
}
