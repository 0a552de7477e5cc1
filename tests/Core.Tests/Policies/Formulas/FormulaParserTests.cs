using CsCheck;
using ScaleFunctions.Core.Policies.Formulas;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies.Formulas;

public sealed class FormulaParserTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("24 / 4 / 2", 3)]
    [InlineData("8 / 4 * 2", 4)]
    [InlineData("10 - -4", 14)]
    [InlineData("0.5 * 3", 1.5)]
    [InlineData("min(3, 7, 5) + max(1, 2)", 5)]
    [InlineData("abs(2 - 5) + ceil(1.2) + floor(1.8)", 6)]
    [InlineData("cpu", 60)]
    [InlineData("cpu*2+1", 121)]
    [InlineData("[cpu] * instances", 240)]
    [InlineData("  ( cpu )  ", 60)]
    [InlineData("1 ?? 2", 1)]
    [InlineData("1 + gone ?? 2 + 3", 5)]
    [InlineData("1 + (gone ?? 2) + 3", 6)]
    [InlineData("gone ?? other ?? 3", 3)]
    [InlineData("min(gone ?? 8, 9)", 8)]
    public void Calculates_as_people_read_it(string text, double result) => Assert.Equal(result, Value(text));

    [Theory]
    [InlineData("", 0, "something is missing at the end")]
    [InlineData("cpu +", 5, "something is missing at the end")]
    [InlineData("cpu 2", 4, "'2' does not belong here")]
    [InlineData("(cpu", 0, "is not closed by a ')'")]
    [InlineData("cpu)", 3, "')' does not belong here")]
    [InlineData("cpu ? 2", 4, "'?' does not belong here")]
    [InlineData("?? 2", 0, "'?' does not belong here")]
    [InlineData("cpu > 2", 4, "'>' does not belong here")]
    [InlineData("2.", 0, "a number has up to 15 digits")]
    [InlineData("2xx + 1", 0, "stands in brackets: [2xx]")]
    [InlineData("1.2.3", 0, "a number has up to 15 digits")]
    [InlineData("12345678901234567", 0, "a number has up to 15 digits")]
    [InlineData("[cpu", 0, "is not closed by a ']'")]
    [InlineData("min(1)", 0, "'min' needs two values or more")]
    [InlineData("abs(1, 2)", 0, "'abs' takes one value")]
    [InlineData("Min(1, 2)", 0, "there is no function 'Min'; did you mean 'min'?")]
    [InlineData("1 + sqrt(4)", 4, "there is no function 'sqrt'")]
    [InlineData("min(1, 2", 0, "the '(' after 'min' is not closed")]
    [InlineData("min(, 2)", 4, "',' does not belong here")]
    [InlineData("cpu; drop", 3, "';' does not belong here")]
    public void Says_what_is_wrong_and_where(string text, int position, string message)
    {
        var exception = Assert.Throws<FormulaException>(() => FormulaParser.Parse(text));

        Assert.Equal(position, exception.Position);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>As a tree a chain is as deep as it is long, and going through it takes as much of the stack.</summary>
    [Fact]
    public void Length_is_bounded() => Assert.Throws<FormulaException>(() => FormulaParser.Parse(string.Join('+', Enumerable.Repeat("cpu", 100_000))));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("abs(", ")")]
    [InlineData("1 ?? ", "")]
    public void Nesting_is_bounded(string open, string close)
    {
        static string Nest(string open, string close, int times) =>
            string.Concat(Enumerable.Repeat(open, times)) + "cpu" + string.Concat(Enumerable.Repeat(close, times));

        Assert.True(Formula.TryParse(Nest(open, close, 20), out _));
        Assert.False(Formula.TryParse(Nest(open, close, 40), out _));
        Assert.False(Formula.TryParse(Nest(open, close, 20_000), out _));
    }

    /// <summary>Whatever the text, it is a formula or says where it is not one; nothing else is thrown, and nothing hangs.</summary>
    [Fact]
    public void Any_text_is_a_formula_or_an_error_within_it()
    {
        const string letters = "ab.1 0+-*/()[],?_mincpux=\t\"é";
        Gen.String[Gen.Int[0, letters.Length - 1].Select(index => letters[index]), 0, 60].Sample(
            text =>
            {
                try
                {
                    FormulaParser.Parse(text);
                }
                catch (FormulaException exception)
                {
                    Assert.InRange(exception.Position, 0, text.Length);
                }
            },
            iter: 100_000);
    }

    /// <summary>Trees written down with all their parentheses are read back to the same number.</summary>
    [Fact]
    public void Reads_what_was_written() => Tree(3).Sample(
        tree => Assert.Equal(tree.Value, Value(tree.Text)),
        iter: 10_000);

    private static Gen<(string Text, double Value)> Tree(int depth)
    {
        var leaf = Gen.Int[1, 9].Select(number => ($"{number}", (double)number));
        return depth == 0 ? leaf : Gen.Frequency(
            (1, leaf),
            (3, Gen.Select(Tree(depth - 1), Tree(depth - 1), Gen.Int[0, 3], (left, right, sign) => sign switch
            {
                0 => ($"({left.Item1} + {right.Item1})", left.Item2 + right.Item2),
                1 => ($"({left.Item1} * {right.Item1})", left.Item2 * right.Item2),
                2 => ($"max({left.Item1}, {right.Item1})", Math.Max(left.Item2, right.Item2)),
                _ => ($"({left.Item1} ?? {right.Item1})", left.Item2),
            })));
    }

    private static double Value(string text)
    {
        var signal = Some.Calculated(text);
        var reading = FormulaReader.Read(
            signal, FormulaParser.Parse(text),
            new Dictionary<string, (Core.Policies.SignalPolicy, SignalReading)>
            {
                ["cpu"] = (Some.Signal(), Some.Present(60)),
                ["gone"] = (Some.Signal("gone"), Some.Missing("gone")),
                ["other"] = (Some.Signal("other"), Some.Missing("other")),
            },
            4, Some.Noon);
        return FormulaReader.NumberOf(signal, reading)!.Value;
    }
}
