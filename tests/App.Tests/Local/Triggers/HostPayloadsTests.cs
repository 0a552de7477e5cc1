using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using ScaleFunctions.App.Functions.ResourceEvent;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Tests.Local.Triggers;

public sealed class HostPayloadsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly FunctionFile Function = new("Evaluate", "queueTrigger", "item", "", "evaluate");

    [Fact]
    public void A_timer_is_an_object_with_its_status()
    {
        var call = Read(HostPayloads.Timer(Function, Now.AddMinutes(-1), Now.AddMinutes(1), isPastDue: true, Now));

        var timer = call.Input("item");
        Assert.True(timer.GetProperty("IsPastDue").GetBoolean());
        Assert.Equal("2026-01-05T08:59:00+00:00", timer.GetProperty("ScheduleStatus").GetProperty("Last").GetString());
        Assert.Equal("2026-01-05T09:01:00+00:00", timer.GetProperty("ScheduleStatus").GetProperty("Next").GetString());
        Assert.Equal("Evaluate", call.Metadata["sys"].GetProperty("MethodName").GetString());
    }

    [Fact]
    public void A_message_is_json_in_a_string_twice_and_its_count_once()
    {
        using var document = JsonDocument.Parse(HostPayloads.Queue(Function, Work("""{"batch":1}"""), Now));
        var item = document.RootElement.GetProperty("Data").GetProperty("item").GetString()!;

        Assert.Equal("""{"batch":1}""", JsonSerializer.Deserialize<string>(item));
        Assert.Equal("3", document.RootElement.GetProperty("Metadata").GetProperty("DequeueCount").GetString());
    }

    [Fact]
    public void The_reader_finds_in_a_message_what_was_sent()
    {
        var objects = Gen.Select(Gen.String.Where(IsWhole), Gen.Int).Select((text, number) =>
            JsonSerializer.Serialize(new Dictionary<string, object> { ["text"] = text, ["number"] = number }));

        objects.Sample(body => Read(HostPayloads.Queue(Function, Work(body), Now)).Input("item").GetRawText() == body, iter: 2_000);
    }

    [Fact]
    public void The_reader_finds_the_metadata_of_a_message()
    {
        var call = Read(HostPayloads.Queue(Function, Work("{}"), Now));

        Assert.Equal("id", call.Metadata["Id"].GetString());
        Assert.Equal(3, call.Metadata["DequeueCount"].GetInt32());
        Assert.Equal("receipt", call.Metadata["PopReceipt"].GetString());
        Assert.Equal(Now, call.Metadata["InsertionTime"].GetDateTimeOffset());
    }

    [Theory]
    [InlineData("""{"id":"1","topic":"/t","subject":"/s","eventType":"a.b","eventTime":"2026-01-05T09:00:00Z","data":{"operationName":"write"}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/t","subject":"/s","type":"a.b","time":"2026-01-05T09:00:00Z","data":{"operationName":"write"}}""")]
    public void An_event_of_either_schema_arrives_as_the_same_change(string text)
    {
        using var document = JsonDocument.Parse(text);

        var call = Read(HostPayloads.Event(Function, document.RootElement, Now));

        Assert.Equal(new ResourceChange("1", "/t", "a.b", "/s", "write", Now), ResourceChange.Read(call.Input("item")));
        Assert.Equal("write", call.Metadata["data"].GetProperty("operationName").GetString());
    }

    private static Invocation Read(string body) => InvocationReader.Read("Evaluate", "1", new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)));

    private static ReceivedWork Work(string body) =>
        new(WorkKind.Evaluate, "id", body, 3, Now, Now.AddDays(7), Now.AddMinutes(10), "receipt");

    private static bool IsWhole(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
