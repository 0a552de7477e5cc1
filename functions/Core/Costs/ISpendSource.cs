namespace ScaleFunctions.Core.Costs;

/// <summary>Says what scopes have spent, from what the fast clock kept of the days and what was billed for them.</summary>
public interface ISpendSource
{
    /// <summary>
    /// Spend of a scope. Whatever goes wrong is <see cref="SpendReading.Missing"/>, never an exception. It may be asked often: a bill is
    /// read again only after an hour, and days that are over are remembered.
    /// </summary>
    /// <param name="scope">Whose spend.</param>
    /// <param name="period">Which days; has to have begun. One that is over is read as it ended.</param>
    /// <param name="amortized">Whether reservations are spread over what uses them, in place of standing on the day they were bought.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<SpendReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken);
}
