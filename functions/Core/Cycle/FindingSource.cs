using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Reads the finding of a target that is to be carried out, and what its two sizes cost today.</summary>
public sealed class FindingSource(RightsizingFindings findings, IPriceSource prices)
{
    /// <summary>Whether findings of a target are carried out. Where VerticalScaling changes its size they are told only: two would pull at one size.</summary>
    internal static bool ActsOn(TargetPolicies.Resolved policies) => policies is { Vertical: null, Rightsizing: { Mode: SizeMode.Act, Guard: not null } };

    internal async Task<FindingReading> ReadAsync(ObservedTarget target, TargetPolicies.Resolved policies, CancellationToken cancellationToken)
    {
        var record = await findings.ReadAsync(target.Id, cancellationToken).ConfigureAwait(false);
        if (record?.ToKept() is not { } finding)
        {
            return new FindingReading.Nothing(record is null ? "nothing was found of it in the last days" : $"found {record.At:yyyy-MM-dd HH:mm}: {record.Why}");
        }

        var declared = policies.Guardrails.Select(guardrails => guardrails.Prices).OfType<PriceList>().ToList();
        var known = await SizePrices.ReadAsync(
            prices, target, [finding.Size, finding.ToSize], policies.Rightsizing!.Currency, declared, cancellationToken).ConfigureAwait(false);
        return new FindingReading.Found(finding, known[finding.Size], known[finding.ToSize]);
    }
}
