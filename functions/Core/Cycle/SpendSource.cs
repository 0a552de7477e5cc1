using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Says what scopes have spent, from kept days and the bill.</summary>
/// <param name="book">Counted days.</param>
/// <param name="bills">The bills of this process.</param>
/// <param name="time">The present.</param>
public sealed class SpendSource(SpendBook book, BillShelf bills, TimeProvider time) : ISpendSource
{
    public async Task<SpendReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        try
        {
            var bill = await bills.ReadAsync(scope, SpendStatement.Needed(period), amortized, cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var days = ScopedSpend.Of(scope, await book.ReadAsync(SpendStatement.Counted(period, bill, now), cancellationToken).ConfigureAwait(false));
            return SpendStatement.Of(period, days, bill, now);
        }
        catch (StateStoreException exception)
        {
            return new SpendReading.Missing($"what was counted cannot be read: {exception.Message}");
        }
    }
}
