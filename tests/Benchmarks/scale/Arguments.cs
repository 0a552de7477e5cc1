using System.Globalization;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>What stands behind the name of a table: <c>--name value</c> and <c>--name</c>.</summary>
internal sealed class Arguments(string[] args)
{
    private static readonly string[] Names = ["--targets", "--ticks", "--observe", "--workers", "--decisions", "--seed"];

    /// <exception cref="FormatException">There is an option that no table has.</exception>
    public void RequireKnown()
    {
        if (args.FirstOrDefault(arg => arg.StartsWith('-') && !Names.Contains(arg)) is { } unknown)
        {
            throw new FormatException($"no table has an option {unknown}; there are {string.Join(", ", Names)}");
        }
    }

    public bool Has(string name) => args.Contains(name);

    /// <exception cref="FormatException">What stands there is no list of whole numbers above 0; says where.</exception>
    public int[] Numbers(string name, params int[] otherwise) => Array.IndexOf(args, name) is >= 0 and var at
        ? at + 1 < args.Length
            ? [.. args[at + 1].Split(',').Select(text => Parse(name, text))]
            : throw new FormatException($"{name} needs a number behind it")
        : otherwise;

    public int Number(string name, int otherwise) => Numbers(name, otherwise)[0];

    private static int Parse(string name, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new FormatException($"{name} is '{text}'; expected a whole number above 0");
}
