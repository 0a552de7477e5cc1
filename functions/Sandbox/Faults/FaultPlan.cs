using System.Text.Json;
using ScaleFunctions.Sandbox.Control;

namespace ScaleFunctions.Sandbox.Faults;

/// <summary>The faults in force. A request meets all that match it, in order; the first that ends it wins.</summary>
public sealed class FaultPlan
{
    private const string NoArray =
        """expected an array of faults, for example [ { "target": "virtualMachineScaleSets", "effect": { "kind": "throttle" } } ]""";

    private readonly Lock _gate = new();
    private ArmedRule[] _rules = [];

    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate)
            {
                return [.. _rules.Select(armed => armed.Rule)];
            }
        }
    }

    /// <summary>Reads rules from a JSON array.</summary>
    /// <exception cref="FormatException">Says where and what was expected.</exception>
    public static IReadOnlyList<FaultRule> Parse(string json)
    {
        try
        {
            var rules = JsonSerializer.Deserialize(json, ControlJson.Default.FaultRuleArray) ?? throw new FormatException(NoArray);
            for (var i = 0; i < rules.Length; i++)
            {
                _ = new ArmedRule(rules[i] ?? throw new FormatException($"faults[{i}]: null; expected a fault rule"), $"faults[{i}]");
            }

            return rules;
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                exception.Path is "$" or null
                    ? $"line {exception.LineNumber + 1}: {NoArray}"
                    : $"faults{exception.Path.TrimStart('$')}, line {exception.LineNumber + 1}: {Plain(exception.Message)}",
                exception);
        }
    }

    /// <summary>The parser's message without the names of our types and without the place, which is told already.</summary>
    private static string Plain(string message)
    {
        var text = message.Split(" Path:")[0];
        return text.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) ? "a value of another type is expected here"
            : text.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? $"unknown field '{text.Split('\'')[1]}'"
            : text.Contains("missing required properties", StringComparison.Ordinal) ? $"these fields are missing: {text[(text.LastIndexOf(':') + 2)..].TrimEnd('.')}"
            : text.StartsWith("Read unrecognized type discriminator", StringComparison.Ordinal) ? $"there is no kind of fault '{text.Split('\'')[1]}'"
            : text;
    }

    /// <summary>Replaces all rules; their counters start anew.</summary>
    /// <exception cref="FormatException">A rule cannot hold.</exception>
    public void Set(IReadOnlyList<FaultRule> rules)
    {
        var armed = rules.Select((rule, i) => new ArmedRule(rule, $"faults[{i}]")).ToArray();
        lock (_gate)
        {
            _rules = armed;
        }
    }

    public void Set(params FaultEffect[] effects) => Set([.. effects.Select(effect => new FaultRule { Effect = effect })]);

    /// <summary>Adds one rule after the others, whose counters go on.</summary>
    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules = [.. _rules, new ArmedRule(rule, $"faults[{_rules.Length}]")];
        }
    }

    public void Clear() => Set(Array.Empty<FaultRule>());

    /// <summary>The effects a request meets. Counts it against the rules that match.</summary>
    internal IReadOnlyList<FaultEffect> Meet(string method, string target, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _rules.Length == 0 ? [] : [.. _rules.Where(rule => rule.Meets(method, target, now)).Select(rule => rule.Rule.Effect)];
        }
    }
}
