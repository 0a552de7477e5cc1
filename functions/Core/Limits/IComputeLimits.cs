namespace ScaleFunctions.Core.Limits;

/// <summary>What a subscription may have of machines in a region. Readings are kept for a while; failures are <see cref="FactReading{T}.Unknown"/>.</summary>
public interface IComputeLimits
{
    /// <summary>Every quota, with what is in use of it. A few minutes old at most.</summary>
    Task<FactReading<IReadOnlyList<QuotaUsage>>> ReadQuotaAsync(string subscription, string region, CancellationToken cancellationToken);

    /// <summary>Every size by its name, without regard to case. Some hours old at most.</summary>
    Task<FactReading<IReadOnlyDictionary<string, SizeOffer>>> ReadSizesAsync(string subscription, string region, CancellationToken cancellationToken);
}
