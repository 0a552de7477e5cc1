using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class InvocationReaderTests
{
    [Fact]
    public void Takes_an_object_as_it_is()
    {
        var call = Read(HostPosts.Timer);

        Assert.False(call.Input("timer").GetProperty("IsPastDue").GetBoolean());
        Assert.Equal("ScaleTick", call.Metadata["sys"].GetProperty("MethodName").GetString());
    }

    [Fact]
    public void Takes_a_timer_without_a_status()
    {
        var timer = Read(HostPosts.TimerWithoutStatus).Input("timer");

        Assert.Equal(JsonValueKind.Null, timer.GetProperty("ScheduleStatus").ValueKind);
        Assert.True(timer.GetProperty("IsPastDue").GetBoolean());
    }

    [Fact]
    public void Reads_a_queue_message_alike_in_both_forms()
    {
        var doubly = Read(HostPosts.Queue(HostPosts.LateEvaluation));
        var plain = Read(HostPosts.PlainQueue(HostPosts.LateEvaluation));

        Assert.Equal(HostPosts.LateEvaluation, doubly.Input("item").GetRawText());
        Assert.Equal(HostPosts.LateEvaluation, plain.Input("item").GetRawText());
        Assert.Equal(1, doubly.Metadata["DequeueCount"].GetInt32());
        Assert.Equal(1, plain.Metadata["DequeueCount"].GetInt32());
        Assert.Equal("800ae4b3", doubly.Metadata["Id"].GetString());
    }

    [Theory]
    [InlineData("""{"data":{"ITEM":"1"},"METADATA":{"Sys":{}}}""")]
    [InlineData("""{"DATA":{"item":1},"metadata":{"SYS":{}}}""")]
    public void Does_not_care_about_the_case_of_names(string body)
    {
        var call = Read(body);

        Assert.Equal(1, call.Input("item").GetInt32());
        Assert.True(call.Metadata.ContainsKey("sys"));
    }

    [Fact]
    public void Unwraps_a_text_at_most_twice()
    {
        // Four times in a string: two layers are the host's, the others belong to the text.
        var text = Enumerable.Repeat(0, 4).Aggregate("7", (inner, _) => JsonSerializer.Serialize(inner));

        Assert.Equal(JsonValueKind.String, Read($$$"""{"Data":{"item":{{{text}}}}}""").Input("item").ValueKind);
    }

    [Fact]
    public void Leaves_a_text_that_is_no_json_a_text() =>
        Assert.Equal("scale {out", Read("""{"Data":{"item":"scale {out"}}""").Input("item").GetString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"Data":[]}""")]
    [InlineData("""{"Data":"text"}""")]
    [InlineData("""{"Data":{},"Metadata":7}""")]
    [InlineData("""{"Data":{"item":"\ud800"}}""")]
    [InlineData("""{"Data":{"\udc00":1}}""")]
    [InlineData("""{"\ud800":1,"Data":{}}""")]
    public void Refuses_what_is_no_call(string body) => Assert.Throws<InvocationFormatException>(() => Read(body));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"Data":null}""")]
    [InlineData("""{"Metadata":null,"Other":7}""")]
    public void A_call_without_an_input_is_refused_by_who_needs_it(string body) =>
        Assert.Throws<InvocationFormatException>(() => Read(body).Input("item"));

    [Fact]
    public void Of_a_key_that_is_there_twice_the_last_counts() =>
        Assert.Equal(2, Read("""{"Data":{"item":1,"item":2}}""").Input("item").GetInt32());

    [Fact]
    public void Refuses_what_is_nested_too_deep()
    {
        var bomb = new string('[', 100_000);

        Assert.Throws<InvocationFormatException>(() => Read(bomb));
        Assert.Throws<InvocationFormatException>(() => Read($$$"""{"Data":{"item":{{{bomb}}}"""));
        Assert.Equal(bomb, Read($$$"""{"Data":{"item":"{{{bomb}}}"}}""").Input("item").GetString());
    }

    [Fact]
    public void Never_repeats_the_payload_in_what_it_says()
    {
        var broken = HostPosts.HttpWithKeys.Replace("\"Identities\":[]", "\"Identities\":[", StringComparison.Ordinal);

        var exception = Assert.Throws<InvocationFormatException>(() => Read(broken));

        Assert.DoesNotContain("CANARY", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_comes_it_is_read_or_refused()
    {
        var bodies = HostPosts.All.Select(row => Encoding.UTF8.GetBytes(row.Data.Item2)).ToArray();
        var signs = "\"\\{}[]:,u0d8n-"u8.ToArray();
        var values = Gen.OneOf(Gen.Byte, Gen.Int[0, signs.Length - 1].Select(index => signs[index]));
        var changes = Gen.Select(Gen.Int[0, 5000], values, Gen.Int[0, 2]).Array[1, 6];
        var texts = Gen.Select(Gen.Int[0, bodies.Length - 1], changes).Select((body, edits) => edits.Aggregate(bodies[body], Edit));
        Gen.OneOf(texts, Gen.Byte.Array[0, 60]).Sample(
            body =>
            {
                try
                {
                    InvocationReader.Read("Evaluate", "", new ReadOnlySequence<byte>(body));
                }
                catch (InvocationFormatException)
                {
                    // Refused.
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void Whatever_text_a_message_holds_it_arrives()
    {
        // Text that is JSON itself is taken for what it holds; everything else must come out unchanged.
        Gen.String.Where(text => !IsJson(text) && IsWhole(text)).Sample(
            text => Read(HostPosts.Queue(text)).Input("item").GetString() == text,
            iter: 10_000);
    }

    private static Invocation Read(string body) => InvocationReader.Read("Evaluate", "1", new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)));

    private static byte[] Edit(byte[] body, (int At, byte Value, int How) edit)
    {
        var at = body.Length == 0 ? 0 : edit.At % body.Length;
        return edit.How switch
        {
            0 when body.Length > 0 => [.. body[..at], edit.Value, .. body[(at + 1)..]],
            1 when body.Length > 0 => [.. body[..at], .. body[(at + 1)..]],
            _ => [.. body[..at], edit.Value, .. body[at..]],
        };
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether UTF-8 can hold it: no half of a surrogate pair.</summary>
    private static bool IsWhole(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
