using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Advisories;

/// <summary>What Azure itself says of cost. Failures are <see cref="FactReading{T}.Unknown"/>.</summary>
public interface ICostAdvisor
{
    /// <summary>Advisor's recommendations about cost in a subscription.</summary>
    Task<FactReading<IReadOnlyList<CostAdvice>>> ReadAdviceAsync(string subscription, CancellationToken cancellationToken);

    /// <summary>The reservations that hold now and that the identity may see. It often may see none: then nobody knows what is reserved.</summary>
    Task<FactReading<IReadOnlyList<Reservation>>> ReadReservationsAsync(CancellationToken cancellationToken);
}
