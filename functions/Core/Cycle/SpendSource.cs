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
        var needed = SpendStatement.Needed(period);
        try
        {
            var days = ScopedSpend.Of(scope, await book.ReadAsync(needed, cancellationToken).ConfigureAwait(false));
            var bill = await bills.ReadAsync(scope, needed, amortized, cancellationToken).ConfigureAwait(false);
            return SpendStatement.Of(scope, period, days, bill, time.GetUtcNow());
        }
        catch (StateStoreException exception)
        {
            return new SpendReading.Missing($"what was counted cannot be read: {exception.Message}");
        }
    }
}
