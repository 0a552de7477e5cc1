namespace ScaleFunctions.Core.Costs;

/// <summary>The slow clock: what Azure has billed, hours to days late.</summary>
public interface IBilledCosts
{
    /// <summary>The bill of a scope. Whatever goes wrong is <see cref="BilledReading.Missing"/>, never an exception.</summary>
    /// <param name="scope">Whose bill.</param>
    /// <param name="period">Which days.</param>
    /// <param name="amortized">Whether reservations are spread over what uses them, in place of standing on the day they were bought.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<BilledReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken);
}
