using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using ScaleFunctions.Contract.Recording;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Tests.Requests;

public sealed class RecordedExchangeTests
{
    private readonly ConcurrentQueue<RecordedExchange> _recorded = new();

    [Fact]
    public async Task An_exchange_is_recorded_whole_but_without_its_token()
    {
        await using var host = await StartAsync();
        var answer = await host.PatchAsync(SandboxHost.Web, 7);

        var exchange = Assert.Single(_recorded);
        Assert.Equal(("PATCH", new Uri(SandboxHost.Url(SandboxHost.Web)), 200), (exchange.Method, exchange.Url, exchange.Status));
        Assert.Equal("""{"sku": {"capacity": 7 } }""", Encoding.UTF8.GetString(exchange.RequestBody.Span));
        Assert.Equal(answer.Text, Encoding.UTF8.GetString(exchange.AnswerBody.Span));
        Assert.Equal("application/json; charset=utf-8", exchange.AnswerHeaders["content-type"]);
        Assert.Contains("azure-asyncoperation", exchange.AnswerHeaders.Keys);
        Assert.DoesNotContain("authorization", exchange.RequestHeaders.Keys);
    }

    [Fact]
    public async Task An_answer_that_a_fault_wrote_is_not_one_of_the_sandbox()
    {
        await using var host = await StartAsync();
        host.Server.Faults.Set(new AnswerWith(200, Body: "{}"));
        await host.GetAsync(SandboxHost.Url(SandboxHost.Web));

        Assert.Null(Assert.Single(_recorded).Status);
    }

    [Fact]
    public void What_differs_in_numbers_and_ids_is_alike_and_kept_once()
    {
        var list = JsonNode.Parse("""[{"id":"a1","n":1},{"id":"a22","n":3},{"id":"a1","n":"3"},{"id":"a1"}]""")!.AsArray();

        Assert.Equal("[{id:a#,n:integer},{id:a#,n:#},{id:a#}]", ExchangeShape.Prune(list));
        Assert.Equal("""[{"id":"a1","n":1},{"id":"a1","n":"3"},{"id":"a1"}]""", list.ToJsonString());
        Assert.NotEqual(ExchangeShape.Prune(JsonNode.Parse("""{"a":"Failed"}""")), ExchangeShape.Prune(JsonNode.Parse("""{"a":"Succeeded"}""")));
    }

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(options => options with { Recorder = _recorded.Enqueue });
}
