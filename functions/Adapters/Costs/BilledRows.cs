using System.Text.Json;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>Gathers the rows of a bill, which has to be in one currency.</summary>
internal sealed class BilledRows
{
    /// <summary>A row each for a day and a resource: more would not fit into the memory of a small plan.</summary>
    private const int Most = 1_000_000;

    private readonly List<BilledDay> _days = [];

    public string Currency { get; private set; } = "";

    public IReadOnlyList<BilledDay> Days => _days;

    /// <exception cref="JsonException">The row cannot stand beside the others.</exception>
    public void Add(BilledDay day, string currency)
    {
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetter))
        {
            throw new JsonException("the currency of a row is none");
        }

        var code = currency.ToUpperInvariant();
        if (Currency.Length > 0 && Currency != code)
        {
            throw new JsonException($"it is billed in {Currency} and in {code}, and amounts of two currencies are not added");
        }

        if (_days.Count == Most)
        {
            throw new JsonException($"the bill has more than {Most:N0} rows; ask for a smaller scope");
        }

        Currency = code;
        _days.Add(day);
    }
}
