using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>Counts what Cost Management was asked, for the whole tenant. What is refused is not counted.</summary>
internal sealed class QueryUnits(IReadOnlyList<QueryAllowance> allowances)
{
    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset At, int Units)> _asked = [];

    /// <summary>Takes units, or says how long to wait for them; and how many are left of the allowance that is nearest its end.</summary>
    public (TimeSpan? Wait, int Left) Take(int units, DateTimeOffset now)
    {
        lock (_gate)
        {
            _asked.RemoveAll(each => allowances.All(allowance => each.At + allowance.Span <= now));
            TimeSpan? wait = null;
            var left = int.MaxValue;
            foreach (var (most, span) in allowances)
            {
                var within = _asked.Where(each => each.At + span > now).ToList();
                left = Math.Min(left, most - within.Sum(each => each.Units));
                if (within.Count > 0 && within.Sum(each => each.Units) + units > most && within[0].At + span - now is var until && !(until <= wait))
                {
                    wait = until;
                }
            }

            if (wait is null && allowances.Count > 0)
            {
                _asked.Add((now, units));
                left -= units;
            }

            return (wait, Math.Max(0, left));
        }
    }
}
