using System.Diagnostics;
using System.Text;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>Runs alone, because it measures time.</summary>
[Collection(nameof(HostileFileTests))]
[CollectionDefinition(nameof(HostileFileTests), DisableParallelization = true)]
public sealed class HostileFileTests
{
    private const string TooDeep = "values are nested deeper than 32 levels";

    /// <summary>Name, text, and the whole first error.</summary>
    public static TheoryData<string, string, string> Files => new()
    {
        { "flow brackets", Repeat("[", 20_000), $"1:33: {TooDeep}" },
        { "closed flow brackets", Repeat("[", 20_000) + Repeat("]", 20_000), $"1:33: {TooDeep}" },
        { "flow brackets on lines", Repeat("[\n", 20_000), $"33:1: {TooDeep}" },
        { "brackets after quotes that look closed", Repeat("[\"]\",", 20_000), $"1:161: {TooDeep}" },
        { "brackets after comments that look closed", Repeat("[ #]\n", 20_000), $"33:1: {TooDeep}" },
        { "flow braces", Repeat("{a: ", 20_000), $"1:129: {TooDeep}" },
        { "pairs in brackets count twice", Repeat("[a: ", 17) + Repeat("]", 17), $"1:65: {TooDeep}" },
        { "dashes", Repeat("- ", 60_000), $"1:65: {TooDeep}" },
        { "questions", Repeat("? ", 60_000), $"1:65: {TooDeep}" },
        { "dashes after a marker", "--- " + Repeat("- ", 60_000), $"1:69: {TooDeep}" },
        { "dashes and questions", Repeat("- ? ", 30_000), $"1:65: {TooDeep}" },
        { "indentation", string.Concat(Enumerable.Range(0, 700).Select(depth => new string(' ', depth) + "a:\n")), $"33:33: {TooDeep}" },
        { "keys in brackets", string.Concat(Enumerable.Range(0, 700).Select(depth => new string(' ', depth) + "[a]:\n")), $"33:33: {TooDeep}" },
        { "dashes below fields", string.Concat(Enumerable.Range(0, 400).Select(depth => $"{new string(' ', depth)}a:\n{new string(' ', depth)}-\n")), $"33:17: {TooDeep}" },
        { "nesting between quotes over two lines", BetweenQuotes(), $"97:33: {TooDeep}" },
        { "alias bomb", AliasBomb(), "1:4: anchors ('&') are not allowed in a policy file; quote text that begins with '&'" },
        { "merge bomb", "a: { x: 1 }\nb:\n  <<: [a, a]\n", "3:3: merge keys ('<<') are not allowed in a policy file" },
        { "alias", "a: 1\nb: *a\n", "2:4: aliases ('*') are not allowed in a policy file; quote text that begins with '*'" },
        { "alias behind a key", "? *a\n: 1\n", "1:3: aliases ('*') are not allowed in a policy file; quote text that begins with '*'" },
        { "tag", "a: !!int 3\n", "1:4: tags ('!') are not allowed in a policy file; quote text that begins with '!'" },
        { "anchor behind a plain text over two lines", "a: b\n  c: &d 1\n", "2:6: anchors ('&') are not allowed in a policy file; quote text that begins with '&'" },
        { "directive", "%YAML 1.1\n---\na: 1\n", "1:1: directives ('%') are not allowed in a policy file" },
        { "tab", "a:\n\tb: 1\n", "2:1: a tab indents this line; YAML allows only spaces" },
        { "control character", "a: 1\nb: x\u0007y\n", "2:5: the invisible character U+0007 is not allowed in a policy file; remove it" },
        { "escaped control character", "a: \"\\0\"\n", "1:4: the text contains the control character U+0000" },
        { "line separator", "a: x\u2028y\n", "1:5: the invisible character U+2028 is not allowed in a policy file; remove it" },
        { "text that runs backwards", "a: x\u202Ey\n", "1:5: the invisible character U+202E is not allowed in a policy file; remove it" },
        { "lone carriage return", "a: 1\rb: 2\n", "1:5: the invisible character U+000D is not allowed in a policy file; remove it" },
        { "list as a key", "? [a]\n: 1\n", "1:3: a field name must be plain text" },
        { "only a list", "- a\n", "1:1: a policy document is a group of fields: apiVersion, kind, metadata, spec" },
        { "one key again and again", Repeat("a: 1\n", 50_000), "2:1: the field 'a' is already given on line 1" },
        { "a long list", "[" + Repeat("1,", 130_000) + "1]", "1:20000: more than 10000 values in one document; split it" },
        { "a long list of lists", "[" + Repeat("[],", 80_000) + "1]", "1:29999: more than 10000 values in one document; split it" },
        { "many fields", string.Concat(Enumerable.Range(0, 25_000).Select(number => $"a{number}: 1\n")), "5000:8: more than 10000 values in one document; split it" },
        { "a long text", "a: \"" + Repeat("x", 250_000) + "\"", "1:1: unknown field 'a' in the document (allowed: apiVersion, kind, metadata, spec, $schema)" },
        { "a long text on many lines", "a: " + Repeat("x\n ", 80_000), "1:1: unknown field 'a' in the document (allowed: apiVersion, kind, metadata, spec, $schema)" },
        { "empty documents", Repeat("---\n", 60_000), "1:1: no policy document in this file; it is empty or holds only comments" },
        { "many broken documents", Repeat("---\n[\n", 40_000), "2:1: the '[' that opens here is not closed by a ']', or a comma or ': ' is missing before line 3, column 1" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Refuses_within_a_tenth_of_a_second(string name, string text, string firstError)
    {
        var policies = PolicyTexts.Read(text);
        var fastest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 30 && fastest.TotalMilliseconds >= 100; attempt++)
        {
            fastest = TimeToRead(text);
        }

        Assert.Equal((name, firstError), (name, PolicyTexts.Errors(policies)[0]));
        Assert.Empty(policies.Workloads);
        Assert.True(fastest.TotalMilliseconds < 100, $"{name}: {fastest.TotalMilliseconds} ms");
    }

    [Fact]
    public void Refuses_ten_mebibytes_without_scanning_them()
    {
        var content = new byte[10 * 1024 * 1024];
        PolicyTexts.ReadBytes(content);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var policies = PolicyTexts.ReadBytes(content);

        Assert.True(clock.ElapsedMilliseconds < 100);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Equal("1:1: the file is larger than 256 KiB; split it", PolicyTexts.Errors(policies)[0]);
    }

    [Fact]
    public void Accepts_a_file_of_exactly_the_largest_size_and_no_more()
    {
        var filler = "#" + new string('x', PolicyFile.MaximumBytes - Encoding.UTF8.GetByteCount(PolicyTexts.All) - 1);

        Assert.Empty(PolicyTexts.Errors(PolicyTexts.All + filler));
        Assert.Equal("1:1: the file is larger than 256 KiB; split it", PolicyTexts.Errors(PolicyTexts.All + filler + "x")[0]);
    }

    [Fact]
    public void Names_the_place_of_bytes_that_are_not_utf8() =>
        Assert.Equal(
            "2:5: the file is not valid UTF-8 here; save it as UTF-8",
            PolicyTexts.Errors(PolicyTexts.ReadBytes([.. "a: 1\nb: ü"u8, 0xC3, 0x28, (byte)'\n']))[0]);

    [Theory]
    [InlineData("a: 'x&y *z !'\n")]
    [InlineData("a: x & y * z! # &c *d !e\n")]
    [InlineData("a: |\n  &x [[[[ '\n\n  *y\n")]
    [InlineData("a: \"it's [ \\\" {\"\n")]
    [InlineData("a: it's [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n")]
    [InlineData("a: \"x\n  [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ \"\n")]
    public void Reads_harmless_text_with_signs_in_it(string text)
    {
        var documents = PolicyDocumentText.Split(text).ToList();
        var errors = new PolicyErrors("p.yml");

        Assert.True(NestingScan.Allows(Assert.Single(documents), errors));
        Assert.NotNull(PolicyNodeReader.Read(documents[0], errors));
        Assert.Empty(errors.Shown);
    }

    [Fact]
    public void Accepts_nesting_up_to_the_limit()
    {
        var text = Repeat("[", 32) + Repeat("]", 32);

        Assert.Equal("1:1: a policy document is a group of fields: apiVersion, kind, metadata, spec", PolicyTexts.Errors(text)[0]);
    }

    /// <summary>One attempt of several must be fast enough: the other tests share the processor.</summary>
    private static TimeSpan TimeToRead(string text)
    {
        var start = Stopwatch.GetTimestamp();
        PolicyTexts.Read(text);
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private static string BetweenQuotes() => string.Concat(Enumerable.Range(0, 40).Select(depth =>
        $"{new string(' ', depth)}b{depth}: \"\n{new string(' ', depth)} \"\n{new string(' ', depth)}c:\n"));

    private static string AliasBomb() =>
        "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range('b', 10).Select(letter =>
            $"{(char)letter}: &{(char)letter} [{string.Join(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 9))}]\n"));
}
