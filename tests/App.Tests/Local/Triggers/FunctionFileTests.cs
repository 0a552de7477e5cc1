using ScaleFunctions.App.Local.Triggers;

namespace ScaleFunctions.App.Tests.Local.Triggers;

public sealed class FunctionFileTests : IDisposable
{
    private static readonly Dictionary<string, string> Settings = new() { ["TICK"] = "0 * * * * *", ["QUEUE"] = "evaluate" };

    private readonly string _root = Directory.CreateTempSubdirectory("scalefunctions-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Reads_every_folder_with_a_function_file_and_nothing_else()
    {
        Write("Tick", """{"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"%TICK%"}]}""");
        Write("Work", """{"bindings":[{"type":"queueTrigger","direction":"in","name":"item","queueName":"%QUEUE%","connection":"C"}]}""");
        Write("Page", """{"bindings":[{"type":"http","direction":"out","name":"res"},{"type":"httpTrigger","direction":"in","name":"req"}]}""");
        Directory.CreateDirectory(Path.Combine(_root, "policies"));

        Assert.Equal(
            [
                new FunctionFile("Page", "httpTrigger", "req", "", ""),
                new FunctionFile("Tick", "timerTrigger", "timer", "0 * * * * *", ""),
                new FunctionFile("Work", "queueTrigger", "item", "", "evaluate"),
            ],
            FunctionFile.ReadAll(_root, Settings));
    }

    [Fact]
    public void Takes_a_value_that_only_contains_percent_signs_as_it_is()
    {
        Write("Work", """{"bindings":[{"type":"queueTrigger","name":"item","queueName":"50%QUEUE%"}]}""");

        Assert.Equal("50%QUEUE%", Assert.Single(FunctionFile.ReadAll(_root, Settings)).Queue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"bindings":null}""")]
    [InlineData("""{"bindings":{}}""")]
    [InlineData("""{"bindings":[]}""")]
    [InlineData("""{"bindings":[7]}""")]
    [InlineData("""{"bindings":[{"type":7}]}""")]
    [InlineData("""{"bindings":[{"type":"http","name":"res"}]}""")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","schedule":"0 * * * * *"}]}""")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","name":"timer"}]}""")]
    [InlineData("""{"bindings":[{"type":"queueTrigger","name":"item"}]}""")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%MISSING%"}]}""")]
    public void Says_of_a_bad_file_which_it_is(string text)
    {
        Write("Wrong", text);

        var exception = Assert.Throws<FormatException>(() => FunctionFile.ReadAll(_root, Settings));

        Assert.Contains(Path.Combine("Wrong", "function.json"), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_setting_that_is_missing()
    {
        Write("Tick", """{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%MISSING%"}]}""");

        Assert.Contains("MISSING", Assert.Throws<FormatException>(() => FunctionFile.ReadAll(_root, Settings)).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_root, name));
        File.WriteAllText(Path.Combine(_root, name, "function.json"), text);
    }
}
