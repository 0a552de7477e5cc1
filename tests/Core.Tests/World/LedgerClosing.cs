using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Reads a ledger and judges it, where nothing was lowered before.</summary>
internal static class LedgerClosing
{
    public static async Task<ClosedLedger> CloseAsync(
        this TickLedger ledger, TickHeader last, LoweringApproval? approval, IReadOnlyList<ApprovedLowerings> approved, DateTimeOffset now, CancellationToken cancellationToken) =>
        ledger.Judge(last, await ledger.ReadAsync(last, cancellationToken), [], approval, approved, now);
}
