using System.Text.RegularExpressions;

namespace ScaleFunctions.Sandbox.Faults;

/// <summary>A checked rule with its counter. Not thread-safe: the plan's lock guards it.</summary>
internal sealed class ArmedRule
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex? _target;
    private int _matched;

    public ArmedRule(FaultRule rule, string place)
    {
        Rule = rule;
        _target = Compile(rule.Target, place);
        Check(rule.Effect is not null, $"{place}.effect: missing; expected an effect");
        Check(rule.Skip >= 0, $"{place}.skip: {rule.Skip}; expected 0 or more");
        Check(rule.Times is null or > 0, $"{place}.times: {rule.Times}; expected 1 or more, or nothing for always");
        Check(rule.From is null || rule.Until is null || rule.From < rule.Until, $"{place}.until: expected a time after 'from'");
        Check(rule.Effect is not AnswerWith { Status: < 200 or > 599 }, $"{place}.effect.status: expected 200 to 599");
        Check(rule.Effect is not DelayAnswer delay || delay.Wait >= TimeSpan.Zero, $"{place}.effect.wait: expected a time that is not negative");
        Check(rule.Effect is not (UpgradeFails { Upgraded: < 0 } or UpgradeStops { Upgraded: < 0 }), $"{place}.effect.upgraded: expected 0 or more");
        Check(rule.Effect is not ConstantMetrics metrics || double.IsFinite(metrics.Value), $"{place}.effect.value: expected a finite number");
    }

    public FaultRule Rule { get; }

    public bool Meets(string method, string target, DateTimeOffset now)
    {
        if ((Rule.Method is not null && !string.Equals(Rule.Method, method, StringComparison.OrdinalIgnoreCase))
            || now < Rule.From || now >= Rule.Until || _target?.IsMatch(target) == false)
        {
            return false;
        }

        _matched++;
        return _matched > Rule.Skip && (Rule.Times is null || _matched <= Rule.Skip + Rule.Times);
    }

    private static Regex? Compile(string? pattern, string place)
    {
        try
        {
            return pattern is null ? null : new Regex(
                pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"{place}.target: '{pattern}' is not a usable regular expression: {exception.Message}", exception);
        }
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new FormatException(message);
        }
    }
}
